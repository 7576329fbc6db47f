//! The demonstration: an invented country in miniature, the same every time.
//!
//! Provinces and some regencies are real; schools and people are invented. Everything
//! comes to be through the product's own commands, with the clock set into the past and
//! moved forward, so that what the demo shows is what the service really does.

mod accounts;
mod apps;
mod breach;
mod chance;
mod communities;
mod correction;
mod erasure;
mod people;
mod places;
mod show;
mod trainings;
mod year;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use crate::{
    access::{
        actor::Actor,
        context::{Ctx, Services},
        grant::Grant,
        keys::Keyring,
    },
    config::{Config, reached_at},
    foundation::{
        clock::SetClock,
        error::Result,
        id::Ids,
        language::{Language, of_error},
        store::{PoolSizes, Store},
    },
    startup::{self, Running},
};

pub use accounts::PASSWORD;
pub use show::Shown;

/// Monday, 23 November 2026, 09:00 in Jakarta: the demo's today.
pub const TODAY: &str = "2026-11-23T02:00:00Z";
/// The same for people.
pub const TODAY_IN_WORDS: &str = "Monday, 23 November 2026, 09:00 in Jakarta";
/// The seed of the demo's ids, keys and chances.
const SEED: u64 = 2026;

/// Where the demo listens and keeps its data.
#[derive(Debug, Clone)]
pub struct Place {
    /// Address and port.
    pub listen: SocketAddr,
    /// Folder of its database.
    pub folder: PathBuf,
}

/// Makes the demo and serves it until `stop` ends. `told` hears what is being made, `ready` is called with
/// what to show.
///
/// # Errors
/// In words.
pub async fn serve(
    place: Place,
    told: impl Fn(&str) + Send + Sync,
    ready: impl FnOnce(&Shown),
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::result::Result<(), String> {
    let recorder = crate::telemetry::metrics();
    let url = format!("sqlite://{}", place.folder.join("demo.db").display());
    let store = Store::open(&url, PoolSizes::default()).await.map_err(|e| e.to_string())?;
    startup::migrate(&store).await?;
    let public_url = reached_at(place.listen);
    let (services, shown) = make(store, &public_url, place.folder, &told).await?;
    let running = Running::bind(services, recorder, place.listen, None, Duration::from_secs(5))?
        .working(crate::worker::EVERY);
    ready(&shown);
    running.until(stop).await
}

/// Fills an empty, migrated store with the demo; its clock then runs on from [`TODAY`].
///
/// # Errors
/// In words; the store is not empty, most likely.
pub async fn fill(
    store: Store,
    public_url: &str,
    folder: PathBuf,
) -> std::result::Result<(Arc<Services>, Shown), String> {
    make(store, public_url, folder, &|_| {}).await
}

async fn make(
    store: Store,
    public_url: &str,
    folder: PathBuf,
    told: &(dyn Fn(&str) + Send + Sync),
) -> std::result::Result<(Arc<Services>, Shown), String> {
    let today = TODAY.parse().map_err(|e| format!("the demo's today: {e}"))?;
    let clock = Arc::new(SetClock::new(today));
    let settings = Config::usual(public_url, folder).settings();
    let keyring = Keyring::ephemeral(SEED);
    let services = startup::assemble(store, clock.clone(), Ids::seeded(SEED), keyring, settings, 4);
    let services = Arc::new(services);
    let actor = Actor::new("demo", vec![Grant::ministry()]);
    let world = World { ctx: Ctx::internal(services.clone(), actor), clock: clock.clone(), today, told };
    let shown =
        live(&world).await.map_err(|e| format!("the demo: {}: {e:?}", of_error(Language::English, &e)))?;
    clock.set(today);
    clock.run();
    Ok((services, shown))
}

/// What the makers of the demo work with.
struct World<'a> {
    ctx: Ctx,
    clock: Arc<SetClock>,
    today: chrono::DateTime<chrono::Utc>,
    /// Hears what is being made: it takes long enough to wonder.
    told: &'a (dyn Fn(&str) + Send + Sync),
}

impl World<'_> {
    /// Sets the clock to `days` before (negative) or after today, at this hour of Jakarta.
    fn at(&self, days: i64, hour: i64) -> chrono::DateTime<chrono::Utc> {
        // Today stands at 09:00 in Jakarta.
        let moment = self.today + chrono::TimeDelta::days(days) + chrono::TimeDelta::hours(hour - 9);
        self.clock.set(moment);
        moment
    }
}

async fn live(world: &World<'_>) -> Result<Shown> {
    world.at(-1100, 9);
    (world.told)("regions and schools");
    let places = places::plant(world).await?;
    (world.told)("people");
    let people = people::register(world, &places).await?;
    (world.told)("three years of trainings");
    let trainings = trainings::run(world, &places, &people).await?;
    (world.told)("communities");
    let communities = communities::gather(world, &places, &people).await?;
    (world.told)("what they did");
    let year = year::live(world, &places, &communities).await?;
    (world.told)("apps");
    let apps = apps::admit(world).await?;
    (world.told)("accounts, tokens and links");
    let mut shown = show::gather(world, &places, &people, &trainings, (&communities, &year, &apps)).await?;
    // Accounts come last: whatever is made before keeps the ids it had.
    let (account, role) = accounts::open(world, &trainings).await?;
    accounts::agree(world, &people).await?;
    shown.examples.push(("account", account.to_string()));
    shown.examples.push(("role_grant", role.to_string()));
    shown.examples.push(("breach", breach::exercise(world).await?.to_string()));
    shown.examples.push(("erasure", erasure::asked(world).await?.to_string()));
    let correction = correction::ask(world, &trainings).await?;
    shown.examples.push(("correction", correction.to_string()));
    shown.links.push(("sign in", format!("{}/sign-in", world.ctx.services.settings.public_url)));
    Ok(shown)
}
