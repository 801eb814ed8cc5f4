use leptos::prelude::*;

use crate::{
    design::icon::{Icon, Shape},
    i18n::Phrase,
};

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Behind us.
    Done,
    /// Now.
    Current,
    /// Ahead.
    Coming,
}

/// One step: what, how far, and who does it or when it was.
#[derive(Debug, Clone)]
pub struct Step {
    /// What happens.
    pub title: Phrase,
    /// Who does it, or when it was done.
    pub note: Option<Phrase>,
    /// How far it is.
    pub stage: Stage,
    /// How far it is, in words (すみ, いま, これから).
    pub word: Phrase,
}

/// Steps from top to bottom; the shape, the word and the weight all say how far each one is.
#[component]
pub fn Timeline(
    /// In their order.
    steps: Vec<Step>,
) -> impl IntoView {
    let steps = steps.into_iter().map(|Step { title, note, stage, word }| {
        let class = match stage {
            Stage::Done => "mg-timeline__step mg-timeline__step--done",
            Stage::Current => "mg-timeline__step mg-timeline__step--current",
            Stage::Coming => "mg-timeline__step",
        };
        let current = (stage == Stage::Current).then_some("step");
        view! {
            <li class=class aria-current=current>
                <span class="mg-timeline__dot">{(stage == Stage::Done).then(|| view! { <Icon shape=Shape::Check/> })}</span>
                <div>
                    <p class="mg-timeline__title">{title}" "<span class="mg-timeline__word">{word}</span></p>
                    {note.map(|note| view! { <p class="mg-timeline__note">{note}</p> })}
                </div>
            </li>
        }
    });
    view! { <ol class="mg-timeline">{steps.collect::<Vec<_>>()}</ol> }
}
