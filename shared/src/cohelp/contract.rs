//! What every store must do, as named cases that run natively and in the runtime alike. Each case wants an empty store.

mod cases;
mod chat;
mod feedback;
mod helping;
mod lists;
mod notifications;
mod photos;
mod writes;

use super::store::Store;

/// A case: its name, and what it does to an empty store; the error says what was different.
pub type Case<S> = (&'static str, fn(&S) -> Result<(), String>);

/// All cases.
pub fn cases<S: Store>() -> Vec<Case<S>> {
    vec![
        ("an empty store knows nothing", writes::empty),
        ("everything written comes back", writes::comes_back),
        ("a second write replaces the first", writes::replaces),
        ("an event waits once and is done once", writes::outbox),
        ("a postponed event waits", writes::postponed),
        ("a repeated command has its first answer", writes::repeats),
        ("an offer's name is found under another job", writes::offer_names),
        ("open requests are counted", lists::open_requests),
        ("due jobs come with their offers", lists::due),
        ("the alarm rings for the first of all", lists::next_due),
        ("the board shows each job in one list", lists::board),
        ("lists are newest first and bounded", lists::bounded),
        ("two who were paid have met", lists::acquainted),
        ("what waits for the centre waits longest first", lists::desk),
        ("what was registered comes back and goes", helping::registered),
        ("who keeps away from whom", helping::apart),
        ("what the centre asked, and the answers", helping::enquiries),
        ("how things stand with who helps", helping::helpers),
        ("a day's open requests", helping::open_on),
        ("what was told of people waits until it is closed", helping::concerns),
        ("who looks after what, and for how long", cases::claims),
        ("what operators write down", cases::memos),
        ("an operator looks at some of the cases", cases::shows),
        ("what operators entered, and whom they are to ring up", cases::entered),
        ("what people are told waits until they look", notifications::seen),
        ("what people were told long ago goes", notifications::kept),
        ("what is said anew is read once", notifications::anew),
        ("what the two write to each other", chat::written),
        ("who has read a message is not told of it", chat::seen),
        ("what was written long ago goes", chat::kept),
        ("a photo comes back whole, and goes", photos::comes_and_goes),
        ("photos of old requests go", photos::kept),
        ("what the two tell the centre waits until it is read", feedback::waits),
        ("what happens is counted by month", feedback::counts),
        ("changes are numbered without a gap", cases::news),
        ("a day in town from asking to thanks", writes::whole_life),
    ]
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, got: &T, expected: &T) -> Result<(), String> {
    if got == expected { Ok(()) } else { Err(format!("{what}: got {got:?}, expected {expected:?}")) }
}
