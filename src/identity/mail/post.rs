//! How a mail leaves the house: over SMTP where a server is set, else as a file.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use chrono::{DateTime, Utc};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use url::Url;
use uuid::Uuid;

use super::{IN_FOLDER, Letter};
use crate::access::context::Settings;

/// How long a mail server may take.
const PATIENCE: Duration = Duration::from_secs(30);

type Smtp = AsyncSmtpTransport<Tokio1Executor>;

/// The way out, made once for many letters.
pub struct Post {
    from: String,
    way: Way,
}

enum Way {
    Server(Box<Smtp>),
    Folder(PathBuf),
    /// A server is set whose address is none.
    Nowhere,
}

impl Post {
    /// As it is set.
    pub fn of(settings: &Settings) -> Self {
        let way = match &settings.smtp_url {
            None => Way::Folder(folder(settings)),
            Some(url) => match Smtp::from_url(&encrypted(url)) {
                Ok(server) => Way::Server(Box::new(server.timeout(Some(PATIENCE)).build())),
                Err(_) => Way::Nowhere,
            },
        };
        Self { from: settings.mail_from.clone(), way }
    }

    /// Delivers a letter. What goes wrong is told without anything of the letter.
    pub async fn deliver(&self, id: Uuid, letter: &Letter) -> Result<(), String> {
        let message = written(id, letter, &self.from)?;
        match &self.way {
            Way::Server(server) => over_smtp(server, message).await,
            Way::Folder(folder) => into_folder(folder, id, &message.formatted()).await,
            Way::Nowhere => Err("smtp_url names no mail server".to_owned()),
        }
    }
}

fn folder(settings: &Settings) -> PathBuf {
    settings.data_dir.join("mail")
}

/// Takes old mails out of the folder. What cannot be read or removed stays for the next run.
pub async fn tidy(settings: &Settings, now: DateTime<Utc>) {
    let Ok(mut files) = tokio::fs::read_dir(folder(settings)).await else { return };
    while let Ok(Some(file)) = files.next_entry().await {
        let path = file.path();
        let written = file.metadata().await.and_then(|about| about.modified());
        let old = written.is_ok_and(|at| DateTime::<Utc>::from(at) < now - IN_FOLDER);
        if old
            && path.extension().is_some_and(|end| end == "eml")
            && let Err(error) = tokio::fs::remove_file(&path).await
        {
            tracing::debug!(kind = %error.kind(), "an old mail stays in its folder");
        }
    }
}

fn written(id: Uuid, letter: &Letter, from: &str) -> Result<Message, String> {
    let from: Mailbox = from.parse().map_err(|_| "mail_from is no address".to_owned())?;
    let to: Mailbox = letter.to.parse().map_err(|_| "the address is none".to_owned())?;
    let domain = from.email.domain().to_owned();
    Message::builder()
        .message_id(Some(format!("<{id}@{domain}>")))
        .from(from)
        .to(to)
        .subject(letter.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.clone())
        .map_err(|_| "the mail could not be written".to_owned())
}

async fn over_smtp(transport: &Smtp, message: Message) -> Result<(), String> {
    let sent = tokio::time::timeout(PATIENCE * 2, transport.send(message)).await;
    match sent {
        Err(_) => Err("the mail server took too long".to_owned()),
        // What a server says may repeat the address; its code is enough.
        Ok(Err(error)) => Err(match error.status() {
            Some(code) => format!("the mail server refused it with {code}"),
            None => "the mail server could not be reached".to_owned(),
        }),
        Ok(Ok(_)) => Ok(()),
    }
}

/// The address of a server with encryption demanded, unless the address itself says otherwise or the server is on this
/// machine.
fn encrypted(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url) else { return url.to_owned() };
    let near = matches!(parsed.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if parsed.scheme() == "smtp" && !near && parsed.query().is_none() {
        parsed.set_query(Some("tls=required"));
    }
    parsed.to_string()
}

/// Whether an address is one of a mail server.
pub fn check_url(url: &str) -> bool {
    let known = Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host());
    known && AsyncSmtpTransport::<Tokio1Executor>::from_url(&encrypted(url)).is_ok()
}

/// Whether a text is an address that mail may come from.
pub fn check_sender(from: &str) -> bool {
    from.parse::<Mailbox>().is_ok()
}

/// A file of its own for each mail, for its owner alone. Written twice it is the same file.
async fn into_folder(folder: &Path, id: Uuid, content: &[u8]) -> Result<(), String> {
    use tokio::io::AsyncWriteExt;
    let told = |error: std::io::Error| format!("the folder of mails: {}", error.kind());
    let mut making = tokio::fs::DirBuilder::new();
    #[cfg(unix)]
    making.mode(0o700);
    making.recursive(true).create(folder).await.map_err(told)?;
    let mut opening = tokio::fs::OpenOptions::new();
    opening.write(true).create(true).truncate(true);
    #[cfg(unix)]
    opening.mode(0o600);
    let mut file = opening.open(folder.join(format!("{id}.eml"))).await.map_err(told)?;
    file.write_all(content).await.map_err(told)?;
    file.sync_all().await.map_err(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_elsewhere_is_spoken_to_in_secret() {
        assert!(encrypted("smtp://a:b@mail.example:587").ends_with("tls=required"));
        assert!(!encrypted("smtps://mail.example").contains("tls="));
        assert!(!encrypted("smtp://127.0.0.1:2525").contains("tls="));
    }

    #[test]
    fn a_subject_cannot_add_a_header() {
        let letter = Letter {
            to: "guru@belajar.id".into(),
            subject: "Undangan\r\nBcc: x@evil.example".into(),
            text: "Isi".into(),
        };
        let formatted = written(Uuid::from_u128(7), &letter, "Sanggar <sanggar@localhost>");
        if let Ok(message) = formatted {
            assert!(!String::from_utf8_lossy(&message.formatted()).contains("\nBcc:"));
        }
    }
}
