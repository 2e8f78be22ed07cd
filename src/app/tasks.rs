//! Work that takes longer than a frame: a thread that answers once.

use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, OnceLock};
use std::thread;

/// Wakes the window when a task has an answer.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// A thread at work on an answer.
#[derive(Debug)]
pub struct Task<T> {
    receiver: Receiver<T>,
}

impl<T: Send + 'static> Task<T> {
    /// Starts the work on a thread of its own.
    ///
    /// When the thread cannot be started, or dies, [`Task::poll`] says that the task is lost.
    pub fn start(name: &str, waker: &Waker, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let waker = Arc::clone(waker);
        let started = thread::Builder::new().name(name.to_owned()).spawn(move || {
            // The window may have gone meanwhile; then nobody waits for the answer.
            let _ = sender.send(work());
            waker();
        });
        drop(started);
        Self { receiver }
    }

    /// The same on the one thread that draws in the background, after what was given to it before:
    /// text that it has shaped once costs it nothing the next time.
    pub fn draw(waker: &Waker, work: impl FnOnce() -> T + Send + 'static) -> Self {
        static DRAWING: OnceLock<Sender<Box<dyn FnOnce() + Send>>> = OnceLock::new();
        let queue = DRAWING.get_or_init(|| {
            let (sender, jobs) = channel::<Box<dyn FnOnce() + Send>>();
            let started = thread::Builder::new().name("draw".to_owned()).spawn(move || {
                for job in jobs {
                    // A job that dies is lost; those after it are not.
                    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
                }
            });
            drop(started);
            sender
        });
        let (sender, receiver) = channel();
        let waker = Arc::clone(waker);
        let job = move || {
            let _ = sender.send(work());
            waker();
        };
        // Without the thread the job is dropped, and the task is lost.
        let _ = queue.send(Box::new(job));
        Self { receiver }
    }

    /// The answer, once it is there; `Err` when the thread ended without one.
    pub fn poll(&self) -> Option<Result<T, Lost>> {
        match self.receiver.try_recv() {
            Ok(answer) => Some(Ok(answer)),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(Lost)),
        }
    }
}

/// Does work that uses many threads on threads of its own, one fewer than the machine has cores, so
/// that what a frame shares out over threads meanwhile does not wait behind it.
pub fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static POOL: OnceLock<Option<rayon::ThreadPool>> = OnceLock::new();
    in_pool(&POOL, work)
}

/// The same for work of many seconds, on threads that nothing shorter waits for.
pub fn apart_for_long<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static POOL: OnceLock<Option<rayon::ThreadPool>> = OnceLock::new();
    in_pool(&POOL, work)
}

fn in_pool<T: Send>(
    pool: &OnceLock<Option<rayon::ThreadPool>>,
    work: impl FnOnce() -> T + Send,
) -> T {
    let pool = pool.get_or_init(|| {
        let threads = thread::available_parallelism().map_or(1, |cores| cores.get() - 1).max(1);
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()
    });
    match pool {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// A task ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lost;

#[cfg(test)]
mod tests {
    use super::*;

    fn answer<T: Send + 'static>(task: &Task<T>) -> Result<T, Lost> {
        loop {
            if let Some(answer) = task.poll() {
                return answer;
            }
            thread::yield_now();
        }
    }

    #[test]
    fn a_task_answers_once() {
        let task = Task::start("test", &(Arc::new(|| {}) as Waker), || 6 * 7);
        assert_eq!(answer(&task), Ok(42));
    }

    #[test]
    fn drawing_goes_on_after_a_job_that_dies() {
        let waker = Arc::new(|| {}) as Waker;
        let lost: Task<()> = Task::draw(&waker, || std::panic::resume_unwind(Box::new("gone")));
        let next = Task::draw(&waker, || 6 * 7);
        assert_eq!(answer(&lost), Err(Lost));
        assert_eq!(answer(&next), Ok(42));
    }

    #[test]
    fn a_task_that_dies_is_lost_and_does_not_hang() {
        let task: Task<()> = Task::start("test", &(Arc::new(|| {}) as Waker), || {
            std::panic::resume_unwind(Box::new("gone"))
        });
        assert_eq!(answer(&task), Err(Lost));
    }
}
