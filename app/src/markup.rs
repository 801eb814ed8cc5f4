//! A view whose type is forgotten: what components pass on, and what stands in lists of unlike things.
//!
//! Leptos' own `AnyView` keeps a dozen functions for each type it forgets, so that the view can also be built in a browser,
//! changed and streamed. A page is written once, into one buffer, and those functions were a quarter of the server's module
//! (docs/adr/0015).

use leptos::attr::Attribute;
use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::children::ToChildren;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState, Render, RenderHtml};

/// Writes a view into a buffer.
type Write = Box<dyn FnOnce(&mut String, &mut Position, bool, bool, Vec<AnyAttribute>) + Send>;

/// A view that can be written, and nothing else.
pub struct Markup(Write);

/// Forgets the type of a view.
pub trait IntoMarkup {
    /// The same view.
    fn into_markup(self) -> Markup;
}

impl<V: RenderHtml + Send> IntoMarkup for V {
    fn into_markup(self) -> Markup {
        let view = self.into_owned();
        Markup(Box::new(move |buffer, position, escape, mark_branches, attributes| {
            view.to_html_with_buf(buffer, position, escape, mark_branches, attributes);
            if !<V::Owned as RenderHtml>::EXISTS {
                // Where there is nothing, the browser's side of an island looks for this.
                buffer.push_str("<!--<() />-->");
            }
        }))
    }
}

impl Render for Markup {
    type State = ();

    fn build(self) -> Self::State {}

    fn rebuild(self, (): &mut Self::State) {}
}

impl AddAnyAttr for Markup {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, attribute: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        let attribute = attribute.into_cloneable_owned().into_any_attr();
        Self(Box::new(move |buffer, position, escape, mark_branches, mut attributes| {
            attributes.push(attribute);
            (self.0)(buffer, position, escape, mark_branches, attributes);
        }))
    }
}

impl RenderHtml for Markup {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self
    }

    fn to_html_with_buf(
        self,
        buffer: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        attributes: Vec<AnyAttribute>,
    ) {
        (self.0)(buffer, position, escape, mark_branches, attributes);
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self::State {}

    fn into_owned(self) -> Self::Owned {
        self
    }
}

/// What stands inside a component.
pub struct Content(Box<dyn FnOnce() -> Markup + Send>);

impl Content {
    /// Its view.
    pub fn view(self) -> Markup {
        (self.0)()
    }
}

impl<F, V> ToChildren<F> for Content
where
    F: FnOnce() -> V + Send + 'static,
    V: RenderHtml + Send + 'static,
{
    fn to_children(view: F) -> Self {
        Self(Box::new(|| view().into_markup()))
    }
}
