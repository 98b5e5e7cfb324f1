//! What can happen to a request on its way.

use std::time::Duration;

#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    Pass,
    /// The connection ends before the server hears of the request.
    DropRequest,
    /// The server does the work and answers; the client hears nothing.
    DropAnswer,
    /// The request waits before it goes on.
    Delay(Duration),
    /// The server gets this many bytes of the body, then the line is dead for both.
    CutRequest(usize),
    /// The client gets this many bytes of the answer, its head included.
    CutAnswer(usize),
    /// Bytes a second, each way.
    Throttle(u32),
    /// The server gets the request twice; the client hears the second answer.
    Duplicate,
    /// The connection ends with RST before the server hears of the request.
    Reset,
    /// Taken and never answered, for as long as the client waits.
    BlackHole,
    /// A hotel's sign-in page: 200, HTML, whatever was asked.
    Portal,
    /// These bytes are the answer, its head included, and then the connection ends; the
    /// server hears nothing.
    Given(Vec<u8>),
    /// A gateway on the way answers instead of the server.
    Gateway(u16),
}

impl Fault {
    /// One of each kind, for tests that try them all.
    pub fn all() -> Vec<Fault> {
        vec![
            Fault::DropRequest,
            Fault::DropAnswer,
            Fault::Delay(Duration::from_millis(300)),
            Fault::CutRequest(0),
            Fault::CutRequest(100),
            Fault::CutAnswer(0),
            Fault::CutAnswer(20),
            Fault::CutAnswer(400),
            Fault::Throttle(64 * 1024),
            Fault::Duplicate,
            Fault::Reset,
            Fault::BlackHole,
            Fault::Portal,
            Fault::Gateway(502),
            Fault::Gateway(504),
        ]
    }
}
