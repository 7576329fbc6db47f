//! A browser without pictures: keeps cookies, reads forms, sends them, follows redirects only when told.

use std::collections::BTreeMap;

use entity::outgoing_mail;
use sanggar::{
    access::{
        grant::Grant,
        seal::{Seal, SealedFor},
    },
    identity::{
        account::{by_hand, view::AccountId},
        mail::{self, Letter},
        sign_in::hash,
    },
};
use sea_orm::{EntityTrait, QueryOrder};
use uuid::Uuid;

use super::{
    TestApp,
    directory::put,
    identity::{Holder, role_grant_row},
    own_rows::account_row,
};

/// The password of the tests' accounts.
pub const PASSWORD: &str = "kuda lumping tujuh gorengan";

/// One browser at one service.
pub struct Browser<'a> {
    app: &'a TestApp,
    cookies: BTreeMap<String, String>,
}

/// An answer, read.
pub struct Seen {
    pub status: u16,
    pub location: Option<String>,
    pub headers: reqwest::header::HeaderMap,
    pub html: String,
}

impl Seen {
    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let rest = self.html.split_once(&mark).map_or("", |(_, rest)| rest);
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl<'a> Browser<'a> {
    /// A new one, without cookies.
    pub fn new(app: &'a TestApp) -> Self {
        Self { app, cookies: BTreeMap::new() }
    }

    /// Forgets a cookie.
    pub fn forget(&mut self, name: &str) {
        self.cookies.remove(name);
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Takes a cookie over.
    pub fn set(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// GETs a page, in English.
    pub async fn get(&mut self, path: &str) -> Seen {
        self.send(reqwest::Method::GET, path, None).await
    }

    /// Sends a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        self.send(reqwest::Method::POST, path, Some(body.finish())).await
    }

    async fn send(&mut self, method: reqwest::Method, path: &str, body: Option<String>) -> Seen {
        let line: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self.app.request(method, path, None).header("accept-language", "en");
        if !line.is_empty() {
            request = request.header("cookie", line.join("; "));
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        let answer = request.send().await.unwrap();
        let headers = answer.headers().clone();
        for set in headers.get_all("set-cookie") {
            let set = set.to_str().unwrap();
            assert!(
                set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"),
                "{set}"
            );
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location = headers.get("location").map(|value| value.to_str().unwrap().to_owned());
        Seen { status: answer.status().as_u16(), location, headers, html: answer.text().await.unwrap() }
    }

    /// Opens the page to sign in and sends login and password.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> Seen {
        let page = self.get("/sign-in").await;
        let csrf = page.hidden("csrf");
        self.post("/sign-in", &[("csrf", &csrf), ("login", login), ("password", password)]).await
    }

    /// Whether somebody is signed in.
    pub async fn is_in(&mut self) -> bool {
        self.get("/account").await.status == 200
    }
}

/// An active account with [`PASSWORD`]: its id and login.
pub async fn account(app: &TestApp, person: Option<Uuid>, grants: &[Grant]) -> (AccountId, String) {
    let row = account_row(Uuid::now_v7(), person);
    let (id, login): (AccountId, _) = (row.id.into(), row.login.clone());
    put(app, row).await;
    let hash = hash::make(PASSWORD, Vec::new(), [5; 16]).await.unwrap();
    let Ok(hash) = hash else { panic!("the password of the tests is refused") };
    by_hand::set_hash(&app.services, id, &hash).await.unwrap();
    for grant in grants {
        let row = role_grant_row(Uuid::now_v7(), Holder::Account(id.uuid()), grant);
        put(app, row).await;
    }
    (id, login)
}

/// Every letter that waits, oldest first; those that were asked for are made first.
pub async fn letters(app: &TestApp) -> Vec<Letter> {
    mail::answer_asked(&app.services).await.unwrap();
    let rows = outgoing_mail::Entity::find()
        .order_by_asc(outgoing_mail::Column::Id)
        .all(app.services.store.reader())
        .await
        .unwrap();
    let seal = Seal::new(&app.services.keyring, SealedFor::Mail);
    let opened = rows.iter().filter_map(|row| seal.open(row.id, row.sealed.as_deref()?).unwrap());
    opened.map(|text| serde_json::from_slice(&text).unwrap()).collect()
}

/// The path of the link in a letter.
pub fn link(letter: &Letter) -> String {
    let line = letter.text.lines().find(|line| line.contains("?token=")).unwrap();
    let (_, path) = line.trim().split_once("sanggar.test").unwrap();
    path.to_owned()
}
