//! Shows a progress bar on standard error if that is a terminal.

use crate::analyze::Progress;
use crate::model::settings::Settings;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a terminal waits before the bar appears.
const PATIENCE: Duration = Duration::from_millis(500);
const REFRESH: Duration = Duration::from_millis(100);

/// A bar that goes away when it is dropped.
pub(crate) struct Bar {
    done: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Bar {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Shows how far the reading is, unless that is not wanted, or standard error no terminal.
pub(crate) fn show_unless(
    unwanted: bool,
    settings: &Settings,
    progress: &Arc<Progress>,
) -> Option<Bar> {
    if unwanted || !std::io::stderr().is_terminal() {
        return None;
    }
    let size = |path: &str| std::fs::metadata(path).map_or(0, |about| about.len());
    let total = settings.files.iter().map(|file| size(&file.path)).sum();
    let (done, wait) = channel::<()>();
    let progress = Arc::clone(progress);
    let draw = move || {
        if wait.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
            return;
        }
        let style = ProgressStyle::with_template("reading {bar:30} {bytes}/{total_bytes} {eta}");
        let bar = ProgressBar::new(total)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        while wait.recv_timeout(REFRESH) == Err(RecvTimeoutError::Timeout) {
            bar.set_position(progress.bytes_read().min(total));
        }
        bar.finish_and_clear();
    };
    let thread = std::thread::Builder::new().spawn(draw).ok()?;
    Some(Bar { done: Some(done), thread: Some(thread) })
}
