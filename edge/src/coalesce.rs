//! Many askers, one errand: what arrives while an errand runs is answered by the next one.
//!
//! The first asker leads: it runs the errand for everybody waiting, then hands the lead to one of
//! those who came meanwhile. No timer and no background task, so nothing can be left behind.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::task::Poll;

use futures_channel::oneshot;
use shared::kernel::Fault;

enum Turn<Q, A> {
    /// Lead the next errand; here is your own question back.
    Lead(Q),
    Answer(Result<A, Fault>),
}

struct Waiting<Q, A> {
    question: Q,
    turn: oneshot::Sender<Turn<Q, A>>,
}

/// A queue whose head asker runs one errand for the whole queue.
///
/// Askers must be driven to their end, as the host does: one that is dropped while it leads stops the queue's others
/// with a fault, one dropped between being named leader and waking would hold the lead.
pub struct Coalesce<Q, A> {
    waiting: RefCell<VecDeque<Waiting<Q, A>>>,
    led: Cell<bool>,
    batch_max: usize,
}

impl<Q, A> Coalesce<Q, A> {
    /// A queue whose errands take at most `batch_max` questions.
    pub const fn new(batch_max: usize) -> Self {
        Self { waiting: RefCell::new(VecDeque::new()), led: Cell::new(false), batch_max }
    }

    /// Asks; `errand` answers a batch of questions in their order and fails or succeeds for all of them.
    pub async fn ask<F, Errand>(&self, question: Q, errand: F) -> Result<A, Fault>
    where
        F: FnOnce(Vec<Q>) -> Errand,
        Errand: Future<Output = Result<Vec<A>, Fault>>,
    {
        let mut question = question;
        if self.led.replace(true) {
            let (turn, named) = oneshot::channel();
            self.waiting.borrow_mut().push_back(Waiting { question, turn });
            match named.await {
                Ok(Turn::Answer(answer)) => return answer,
                Ok(Turn::Lead(own)) => question = own,
                Err(_) => return Err(Fault::new("coalesce.ask", "the leader is gone")),
            }
        }
        let (turn, answer) = oneshot::channel();
        self.waiting.borrow_mut().push_front(Waiting { question, turn });
        self.lead(errand).await;
        match answer.await {
            Ok(Turn::Answer(answer)) => answer,
            _ => Err(Fault::new("coalesce.ask", "no answer for the leader")),
        }
    }

    async fn lead<F, Errand>(&self, errand: F)
    where
        F: FnOnce(Vec<Q>) -> Errand,
        Errand: Future<Output = Result<Vec<A>, Fault>>,
    {
        let _handover = Handover(self);
        // Who came with us gets to the queue first.
        yield_now().await;
        let (questions, turns): (Vec<_>, Vec<_>) = {
            let mut waiting = self.waiting.borrow_mut();
            let count = waiting.len().min(self.batch_max);
            waiting.drain(..count).map(|one| (one.question, one.turn)).unzip()
        };
        let answers = match errand(questions).await {
            Ok(answers) if answers.len() == turns.len() => answers.into_iter().map(Ok).collect(),
            Ok(_) => turns.iter().map(|_| Err(Fault::new("coalesce.lead", "an answer is missing"))).collect(),
            Err(fault) => turns.iter().map(|_| Err(fault.clone())).collect::<Vec<_>>(),
        };
        for (turn, answer) in turns.into_iter().zip(answers) {
            // An asker that is gone needs no answer.
            let _ = turn.send(Turn::Answer(answer));
        }
    }
}

/// Lets everything else that is ready run.
async fn yield_now() {
    let mut yielded = false;
    poll_fn(|context| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Gives the lead to the next asker when the leader ends, however it ends.
struct Handover<'a, Q, A>(&'a Coalesce<Q, A>);

impl<Q, A> Drop for Handover<'_, Q, A> {
    fn drop(&mut self) {
        while let Some(next) = self.0.waiting.borrow_mut().pop_front() {
            if next.turn.send(Turn::Lead(next.question)).is_ok() {
                return;
            }
        }
        self.0.led.set(false);
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use futures_executor::LocalPool;
    use futures_util::{FutureExt, task::LocalSpawnExt};

    use super::*;

    /// Runs `askers` that all start before the first errand ends; returns the answers and the errands' sizes.
    fn run(askers: u32, batch_max: usize, fail_on: Option<u32>) -> (Vec<Result<u32, Fault>>, Vec<usize>) {
        let queue = Rc::new(Coalesce::<u32, u32>::new(batch_max));
        let sizes = Rc::new(RefCell::new(Vec::new()));
        let answers = Rc::new(RefCell::new(vec![Err(Fault::new("test", "never answered")); askers as usize]));
        let mut pool = LocalPool::new();
        for question in 0..askers {
            let (queue, sizes, answers) = (queue.clone(), sizes.clone(), answers.clone());
            let asker = async move {
                let answer = queue
                    .ask(question, |batch| async {
                        sizes.borrow_mut().push(batch.len());
                        // Lets every other asker run before this errand ends.
                        let (send, receive) = oneshot::channel::<()>();
                        futures_util::future::lazy(|context| context.waker().wake_by_ref()).await;
                        drop(send);
                        let _ = receive.await;
                        futures_util::pending!();
                        match fail_on {
                            Some(bad) if batch.contains(&bad) => Err(Fault::new("test", "told to fail")),
                            _ => Ok(batch.into_iter().map(|number| number * 10).collect()),
                        }
                    })
                    .await;
                answers.borrow_mut()[question as usize] = answer;
            };
            pool.spawner().spawn_local(asker).unwrap();
        }
        pool.run();
        let (answers, sizes) = (answers.borrow().clone(), sizes.borrow().clone());
        (answers, sizes)
    }

    #[test]
    fn everybody_gets_their_own_answer_in_few_errands() {
        let (answers, sizes) = run(100, 32, None);
        assert_eq!(answers, (0..100).map(|number| Ok(number * 10)).collect::<Vec<_>>());
        assert_eq!(sizes, vec![32, 32, 32, 4]);
    }

    #[test]
    fn a_failed_errand_fails_its_own_batch_only() {
        let (answers, _) = run(10, 4, Some(2));
        let failed: Vec<_> = (0..10).filter(|&index| answers[index].is_err()).collect();
        assert_eq!(failed, vec![0, 1, 2, 3]);
    }

    #[test]
    fn who_comes_while_an_errand_runs_goes_with_the_next() {
        let (queue, sizes) = (Rc::new(Coalesce::<u32, u32>::new(32)), Rc::new(RefCell::new(Vec::new())));
        let (release, held) = oneshot::channel::<()>();
        let held = held.shared();
        let mut pool = LocalPool::new();
        let spawner = pool.spawner();
        let ask = |question| {
            let (queue, sizes, held) = (queue.clone(), sizes.clone(), held.clone());
            let asker = async move {
                let errand = |batch: Vec<u32>| async {
                    sizes.borrow_mut().push(batch.len());
                    held.await.unwrap();
                    Ok(batch)
                };
                assert_eq!(queue.ask(question, errand).await, Ok(question));
            };
            spawner.spawn_local(asker).unwrap();
        };
        (0..3).for_each(ask);
        pool.run_until_stalled();
        (3..5).for_each(ask);
        pool.run_until_stalled();
        assert_eq!(*sizes.borrow(), [3]);
        release.send(()).unwrap();
        pool.run();
        assert_eq!(*sizes.borrow(), [3, 2]);
    }
}
