//! A real nginx between client and server, as offices put one there.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::timeout;

const WAIT_TIMEOUT: Duration = Duration::from_secs(20);

/// How it is told to treat requests: directives of its one location.
#[derive(Clone, Copy, Debug)]
pub enum Manners {
    /// Nobody told it anything: bodies up to 1 MiB, answers buffered, `Host` is the server's.
    Default,
    /// Only GET and POST, bodies up to 256 KiB, no header that it does not know, and answers are
    /// buffered although the server asks it not to.
    Strict,
}

/// It ends when this is dropped.
pub struct Nginx {
    address: SocketAddr,
    folder: TempDir,
    process: Child,
}

impl Nginx {
    /// In front of `server`.
    pub async fn before(server: SocketAddr, manners: Manners) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        // Its port is free again when nginx takes it.
        let address = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
        let settings = folder.path().join("nginx.conf");
        std::fs::write(&settings, text(&folder, address, server, manners))?;
        let process = Command::new("nginx")
            .arg("-c")
            .arg(&settings)
            .args(["-e", "stderr"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.path().join("stderr"))?)
            .kill_on_drop(true)
            .spawn()
            .context("cannot start nginx")?;
        let mut nginx = Self { address, folder, process };
        timeout(WAIT_TIMEOUT, nginx.until_it_listens())
            .await
            .with_context(|| format!("nginx never listened: {}", nginx.said()))??;
        Ok(nginx)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn until_it_listens(&mut self) -> Result<()> {
        while TcpStream::connect(self.address).await.is_err() {
            let ended = self.process.try_wait()?;
            ensure!(ended.is_none(), "nginx ended: {}", self.said());
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    fn said(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("stderr")).unwrap_or_default()
    }
}

/// Its whole configuration, with all it writes in `folder`.
fn text(folder: &TempDir, address: SocketAddr, server: SocketAddr, manners: Manners) -> String {
    let folder = folder.path().display();
    let location = match manners {
        Manners::Default => "",
        Manners::Strict => {
            "client_max_body_size 256k;
             limit_except GET POST { deny all; }
             proxy_ignore_headers X-Accel-Buffering;
             proxy_pass_request_headers off;
             proxy_set_header Accept $http_accept;
             proxy_set_header Accept-Encoding $http_accept_encoding;
             proxy_set_header Accept-Language $http_accept_language;
             proxy_set_header Authorization $http_authorization;
             proxy_set_header Content-Type $http_content_type;
             proxy_set_header Cookie $http_cookie;
             proxy_set_header If-None-Match $http_if_none_match;
             proxy_set_header Origin $http_origin;"
        }
    };
    format!(
        "daemon off;
         master_process off;
         pid {folder}/pid;
         events {{ worker_connections 256; }}
         http {{
             access_log off;
             client_body_temp_path {folder}/body;
             proxy_temp_path {folder}/proxy;
             fastcgi_temp_path {folder}/fastcgi;
             uwsgi_temp_path {folder}/uwsgi;
             scgi_temp_path {folder}/scgi;
             server {{
                 listen {address};
                 location / {{
                     {location}
                     proxy_pass http://{server};
                 }}
             }}
         }}
"
    )
}
