//! Connections as they come in: not too many at once, and none that is silent for ever. A
//! phone that loses its network says no goodbye.

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

/// Open at once; further ones wait to be accepted.
const MOST: usize = 4096;
/// Longer than the heartbeat of live events, than the longest silence inside a photo, and
/// than the longest call.
pub const SILENCE: Duration = Duration::from_secs(75);

pub struct Guarded {
    listener: TcpListener,
    room: Arc<Semaphore>,
    silence: Duration,
}

impl Guarded {
    #[must_use]
    pub fn new(listener: TcpListener, silence: Duration) -> Self {
        Self { listener, room: Arc::new(Semaphore::new(MOST)), silence }
    }
}

impl Listener for Guarded {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            // Never closed, so there is always a permit to wait for.
            let Ok(permit) = Arc::clone(&self.room).acquire_owned().await else { continue };
            let (stream, address) = Listener::accept(&mut self.listener).await;
            // Answers are small: waiting to fill a packet would only delay them.
            let _as_it_is = stream.set_nodelay(true);
            let silence = self.silence;
            let connection =
                Connection { stream, silence, ends: Box::pin(sleep(silence)), _permit: permit };
            return (connection, address);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that ends when nothing moved on it for a while.
pub struct Connection {
    stream: TcpStream,
    silence: Duration,
    ends: Pin<Box<Sleep>>,
    _permit: OwnedSemaphorePermit,
}

impl Connection {
    fn moved(&mut self) {
        self.ends.as_mut().reset(Instant::now() + self.silence);
    }

    /// What waits, waits until the silence was too long.
    fn or_silence<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.moved();
            return polled;
        }
        ready!(self.ends.as_mut().poll(context));
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
        self.or_silence(context, polled)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.or_silence(context, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.or_silence(context, polled)
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
    async fn a_silent_connection_ends_and_a_speaking_one_does_not() {
        // Far longer than a pause between two bytes, also on a machine that is busy.
        let silence = Duration::from_secs(1);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut guarded = Guarded::new(listener, silence);
        let mut client = TcpStream::connect(address).await.unwrap();
        let (mut server, _) = guarded.accept().await;
        let began = Instant::now();
        let speaking = tokio::spawn(async move {
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
        assert!(began.elapsed() >= silence * 2, "it had spoken for longer than the silence");
        drop(speaking.await.unwrap());
    }
}
