//! Networks by their prefix, and whose address a request has when proxies stand in between. Pure: no socket is asked.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or one alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    /// Whether `address` lies inside.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (ours, theirs) = (bits(self.address), bits(address.to_canonical()));
        match (ours, theirs) {
            ((own, 32), (other, 32)) => shared(own, other, 32, self.prefix),
            ((own, 128), (other, 128)) => shared(own, other, 128, self.prefix),
            _ => false,
        }
    }
}

/// The address as a number, and how many bits it has.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    }
}

fn shared(one: u128, other: u128, width: u32, prefix: u32) -> bool {
    (one ^ other).checked_shr(width.saturating_sub(prefix)).unwrap_or(0) == 0
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no address and no network such as 10.0.0.0/8 or fd00::/8");
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let address = address.parse::<IpAddr>().map_err(|_| wrong())?.to_canonical();
        let (_, width) = bits(address);
        let digits = |p: &&str| !p.is_empty() && p.bytes().all(|byte| byte.is_ascii_digit());
        let prefix = match prefix {
            None => width,
            Some(text) => Some(text).filter(digits).and_then(|p| p.parse().ok()).ok_or_else(wrong)?,
        };
        if prefix > width { Err(wrong()) } else { Ok(Self { address, prefix }) }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

/// Several networks; none unless said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<Network>);

impl Networks {
    /// Whether `address` lies in any of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

impl FromStr for Networks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

/// What the headers of one request say about where it came from, each line as it was sent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    /// `X-Forwarded-For`.
    pub forwarded_for: &'a [&'a str],
    /// `Forwarded` (RFC 7239).
    pub forwarded: &'a [&'a str],
}

/// Whose request it is: the peer, unless the peer is trusted; then the last address in the headers that is not. What a
/// client writes itself stands before what the trusted proxies added, so it changes nothing.
///
/// A proxy adds to one of the two headers and may let the other through as a client sent it: where both are there and
/// do not agree, the peer counts.
pub fn caller(peer: IpAddr, told: Told<'_>, trusted: &Networks) -> IpAddr {
    let peer = peer.to_canonical();
    if !trusted.contains(peer) {
        return peer;
    }
    let old = told.forwarded_for.iter().flat_map(|line| line.split(',')).map(|part| node(part.trim()));
    let old = last_untrusted(peer, old.collect(), trusted);
    let new = told.forwarded.iter().flat_map(|line| outside_quotes(line, ',')).map(for_of);
    let new = last_untrusted(peer, new.collect(), trusted);
    match (told.forwarded_for.is_empty(), told.forwarded.is_empty()) {
        (false, true) => old,
        (true, false) => new,
        (false, false) if old == new => old,
        _ => peer,
    }
}

/// From the end, past every trusted address; what cannot be read ends the walk at the last that could.
fn last_untrusted(peer: IpAddr, hops: Vec<Option<IpAddr>>, trusted: &Networks) -> IpAddr {
    let mut found = peer;
    for hop in hops.into_iter().rev() {
        let Some(hop) = hop else { break };
        found = hop;
        if !trusted.contains(hop) {
            break;
        }
    }
    found
}

/// The address of one hop: bare, in brackets, with or without a port.
fn node(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = match (bare, text.parse::<SocketAddr>()) {
        (Some(bare), _) => bare.parse().ok().map(IpAddr::V6),
        (None, Ok(socket)) => Some(socket.ip()),
        (None, Err(_)) => text.parse().ok(),
    };
    address.map(|address| address.to_canonical())
}

/// `for=` of one hop of `Forwarded`.
fn for_of(hop: &str) -> Option<IpAddr> {
    let pairs = outside_quotes(hop, ';').into_iter().filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    let (_, value) = named.next()?;
    node(value.trim().trim_matches('"'))
}

/// The parts of `text` between each `separator` that no quotes enclose.
fn outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c: char| {
        let splits = c == separator && !quoted;
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = c == '\\' && quoted && !escaped;
        splits
    })
    .collect()
}

/// The address as it is counted: one household or office has a whole /64 of IPv6, so that is one.
pub fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

/// The address of nobody, where there is no connection to ask.
pub const NOWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn trusted() -> Networks {
        "10.0.0.0/8, 192.0.2.7,fd00::/8".parse().unwrap()
    }

    fn by_old(peer: &str, lines: &[&str]) -> IpAddr {
        caller(ip(peer), Told { forwarded_for: lines, forwarded: &[] }, &trusted())
    }

    fn by_new(peer: &str, lines: &[&str]) -> IpAddr {
        caller(ip(peer), Told { forwarded_for: &[], forwarded: lines }, &trusted())
    }

    #[test]
    fn networks_are_read_and_hold_what_begins_alike() {
        let networks = trusted();
        for inside in ["10.1.2.3", "192.0.2.7", "fd12::1", "::ffff:10.0.0.1"] {
            assert!(networks.contains(ip(inside)), "{inside}");
        }
        for outside in ["11.0.0.1", "192.0.2.8", "fe80::1", "::1"] {
            assert!(!networks.contains(ip(outside)), "{outside}");
        }
        assert!("0.0.0.0/0".parse::<Network>().unwrap().contains(ip("203.0.113.5")));
        assert_eq!("".parse::<Networks>().unwrap(), Networks::default());
        for wrong in ["10.0.0.0/33", "::/129", "10.0.0/8", "proxy", "10.0.0.0/", "10.0.0.0/+8", "/8"] {
            assert!(wrong.parse::<Networks>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn behind_trusted_proxies_the_last_untrusted_address_counts() {
        assert_eq!(by_old("10.0.0.1", &["203.0.113.9"]), ip("203.0.113.9"));
        assert_eq!(by_old("10.0.0.1", &["1.1.1.1, 203.0.113.9, 10.0.0.2"]), ip("203.0.113.9"));
        assert_eq!(by_old("10.0.0.1", &["1.1.1.1", "203.0.113.9:4711"]), ip("203.0.113.9"));
        assert_eq!(by_old("10.0.0.1", &["1.1.1.1, junk, 10.0.0.2"]), ip("10.0.0.2"));
        assert_eq!(by_old("10.0.0.1", &[]), ip("10.0.0.1"));
        assert_eq!(
            by_new("fd00::1", &["for=1.1.1.1, For=\"[2001:db8::5]:80\";proto=https"]),
            ip("2001:db8::5")
        );
        assert_eq!(
            by_new("fd00::1", &["for=_hidden, for=203.0.113.9;by=\"a,b;for=6.6.6.6\""]),
            ip("203.0.113.9")
        );
    }

    #[test]
    fn where_two_headers_disagree_the_peer_counts() {
        let told = Told { forwarded_for: &["6.6.6.6"], forwarded: &["for=203.0.113.9"] };
        assert_eq!(caller(ip("10.0.0.1"), told, &trusted()), ip("10.0.0.1"));
        let told = Told { forwarded_for: &["6.6.6.6, 203.0.113.9"], forwarded: &["for=203.0.113.9"] };
        assert_eq!(caller(ip("10.0.0.1"), told, &trusted()), ip("203.0.113.9"));
    }

    #[test]
    fn a_network_of_sixty_four_bits_is_one_caller() {
        assert_eq!(counted(ip("2001:db8:1:2:3::4")), counted(ip("2001:db8:1:2:ffff::9")));
        assert_ne!(counted(ip("2001:db8:1:2::4")), counted(ip("2001:db8:1:3::4")));
        assert_eq!(counted(ip("::ffff:203.0.113.9")), ip("203.0.113.9"));
    }

    proptest! {
        #[test]
        fn nothing_that_a_client_writes_moves_its_own_address(
            peer in any::<u32>(), lines in prop::collection::vec("[ -~]{0,40}", 0..4)
        ) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let told = Told { forwarded_for: &lines, forwarded: &lines };
            let peer = IpAddr::V4(Ipv4Addr::from_bits(peer));
            prop_assert_eq!(caller(peer, told, &Networks::default()), peer);
        }

        #[test]
        fn what_a_client_sends_before_the_proxy_adds_changes_nothing(
            forged in prop::collection::vec("[ -~]{0,40}", 0..4), client in any::<u32>()
        ) {
            let client = IpAddr::V4(Ipv4Addr::from_bits(client));
            prop_assume!(!trusted().contains(client));
            let added = client.to_string();
            let mut lines: Vec<&str> = forged.iter().map(String::as_str).collect();
            lines.push(&added);
            let told = Told { forwarded_for: &lines, forwarded: &[] };
            prop_assert_eq!(caller(ip("10.0.0.1"), told, &trusted()), client);
        }
    }
}
