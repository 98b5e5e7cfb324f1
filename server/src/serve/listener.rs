//! Accepts connections: not too many at once, and none that is silent for ever. A phone that
//! loses its network closes no connection.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::serve::Listener;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep, sleep},
};

/// Open at once; further ones wait to be accepted. Bounds memory and open files; a district's
/// phones each hold one for live changes and one or two for calls.
const MAX_CONNECTIONS: usize = 4096;
/// Longer than the heartbeat of live changes (15 s), than the longest silence inside a photo
/// (30 s), than the longest call (30 s), and than a refused body is read (60 s).
pub const MAX_SILENCE: Duration = Duration::from_secs(75);

pub struct GuardedListener {
    listener: TcpListener,
    permits: Arc<Semaphore>,
    max_silence: Duration,
}

impl GuardedListener {
    #[must_use]
    pub fn new(listener: TcpListener, max_silence: Duration) -> Self {
        Self { listener, permits: Arc::new(Semaphore::new(MAX_CONNECTIONS)), max_silence }
    }
}

impl Listener for GuardedListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            // Never closed, so there is always a permit to wait for.
            let Ok(permit) = Arc::clone(&self.permits).acquire_owned().await else { continue };
            let (stream, address) = Listener::accept(&mut self.listener).await;
            // Answers are small: waiting to fill a packet would only delay them.
            let _best_effort = stream.set_nodelay(true);
            let max_silence = self.max_silence;
            let deadline = Box::pin(sleep(max_silence));
            let connection = Connection { stream, max_silence, deadline, _permit: permit };
            return (connection, address);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends when no byte moved on it for `max_silence`.
pub struct Connection {
    stream: TcpStream,
    max_silence: Duration,
    deadline: Pin<Box<Sleep>>,
    _permit: OwnedSemaphorePermit,
}

impl Connection {
    fn postpone_deadline(&mut self) {
        self.deadline.as_mut().reset(Instant::now() + self.max_silence);
    }

    /// Ends what is pending with an error once the silence was too long.
    fn or_timed_out<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.postpone_deadline();
            return polled;
        }
        ready!(self.deadline.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.or_timed_out(context, polled)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.or_timed_out(context, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.or_timed_out(context, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    #[tokio::test]
    async fn a_connection_ends_only_after_it_was_silent_for_too_long() {
        // Far longer than a pause between two bytes, also on a machine that is busy.
        let silence = Duration::from_secs(1);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut guarded = GuardedListener::new(listener, silence);
        let mut client = TcpStream::connect(address).await.unwrap();
        let (mut server, _) = guarded.accept().await;
        let began = Instant::now();
        let sending = tokio::spawn(async move {
            let mut ticks = tokio::time::interval(silence / 16);
            for _ in 0..34 {
                ticks.tick().await;
                client.write_all(b"x").await.unwrap();
            }
            client
        });
        let mut read = Vec::new();
        let ended = server.read_to_end(&mut read).await.unwrap_err();
        assert_eq!(ended.kind(), io::ErrorKind::TimedOut);
        assert_eq!(read.len(), 34);
        assert!(began.elapsed() >= silence * 2, "bytes came for longer than the limit on silence");
        drop(sending.await.unwrap());
    }
}
