//! The command line and the environment: a contract with whoever runs this. Secure by default.

use axum::http::Uri;
use clap::{ArgAction, Args, Parser, Subcommand};
use domain::hours::Month;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// Deel uren expertise tussen scholen.
#[derive(Debug, Parser)]
#[command(name = "wijkpot", version, arg_required_else_help = true)]
pub struct Cli {
    /// Where and how.
    #[command(flatten)]
    pub base: Base,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command needs.
#[derive(Clone, Debug, Args)]
pub struct Base {
    /// Database: `sqlite:pad` of `postgres://…`. Zonder deze: een SQLite-bestand in de gegevensmap.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Gegevensmap.
    #[arg(long, env = "WIJKPOT_DATA", default_value = "data", global = true)]
    pub data: PathBuf,
    /// Het adres dat mensen gebruiken, voor links: `https://wijkpot.example.nl`. Zonder deze: het adres waarop de server luistert.
    #[arg(long, env = "WIJKPOT_URL", global = true, value_parser = public_address)]
    pub url: Option<String>,
    /// Logboek: `pretty` of `json`.
    #[arg(long, env = "WIJKPOT_LOG", default_value = "pretty", value_parser = ["pretty", "json"], global = true)]
    pub log: String,
    /// Het adres waarop de server luistert.
    #[arg(long, env = "WIJKPOT_ADDR", default_value = "127.0.0.1:3000", global = true)]
    pub addr: SocketAddr,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start de server.
    Serve(Serve),
    /// Leest scholen, besturen, contracten, mensen en experts in uit CSV-bestanden.
    Import(Import),
    /// Schrijft cijfers als CSV naar de standaarduitvoer.
    Export(Export),
    /// Maakt een beheerder en toont de link om een wachtwoord te kiezen.
    CreateAdmin {
        /// E-mailadres.
        email: String,
        /// Naam.
        name: String,
        /// Code van het samenwerkingsverband; nodig als er meer dan een is.
        #[arg(long)]
        partnership: Option<String>,
    },
    /// Toont voor iemand die al bestaat een link om een wachtwoord te kiezen.
    Invite {
        /// E-mailadres.
        email: String,
    },
    /// Sluit maanden af die voorbij zijn: wat over is, vervalt. De server doet dit zelf; twee keer doen verandert niets.
    CloseMonth {
        /// Code van het samenwerkingsverband; zonder code alle.
        #[arg(long)]
        partnership: Option<String>,
        /// De maand, zoals 2026-10; zonder maand elke maand die nog moet.
        #[arg(long, value_parser = month)]
        month: Option<Month>,
        /// Laat zien wat er zou vervallen, en verander niets.
        #[arg(long)]
        dry_run: bool,
    },
    /// Controleert het urenboek en de afspraken; eindigt met 1 als er iets niet klopt.
    Check,
}

/// `wijkpot serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Met het voorbeeld-samenwerkingsverband en inloggen met één klik. Waar anderen erbij kunnen alleen als je het twee keer zegt.
    #[arg(long, action = ArgAction::Count)]
    pub demo: u8,
    /// Een omgekeerde proxy van ons zet X-Forwarded-For.
    #[arg(long, env = "WIJKPOT_BEHIND_PROXY")]
    pub behind_proxy: bool,
}

/// What `wijkpot import --help` says beneath the options.
const IMPORT_HELP: &str = "\
Elk bestand is CSV: met ; of , ertussen, in UTF-8 of Windows-1252, met de kolomnamen op de eerste regel. De volgorde en extra kolommen
maken niet uit. Je mag alles in één keer inlezen of later aanvullen. Opnieuw inlezen werkt bij en maakt niets dubbel.

  schools        VESTIGINGSCODE en VESTIGINGSNAAM moeten; STRAATNAAM, HUISNUMMER-TOEVOEGING, POSTCODE, PLAATSNAAM, GEMEENTENAAM,
                 DENOMINATIE, BEVOEGD GEZAG NAAM en NUMMER, SAMENWERKINGSVERBAND, WIJK, STADSDEEL en AANTAL LEERLINGEN mogen.
                 Een school zonder wijk komt in een wijk met de naam van de gemeente.
  boards         percentages met komma of punt; decided_percent vraagt decided_because. Samen moeten de delen 100 zijn.
  contracts      hele uren. Zijn er contracten en besturen, dan worden de uren van het schooljaar verdeeld; dat gebeurt één keer.
  people         role: IB'er, directeur, contactpersoon bestuur, planner, trajectbegeleider, stadsdeelteam, secretariaat, beheer of
                 toezicht. scope: het BRIN, of de naam van het bestuur, de leverancier of het stadsdeel. Nodig daarna iemand uit met
                 wijkpot invite.
  specialists    expertises en levels met ; ertussen; weekly zoals: do 8:30-12:00 12:45-16:00; vr 8:30-12:00.

Klopt er een regel niet, dan verandert er niets en staat per regel op de foutuitvoer wat er mis is. Zonder --partnership leest Wijkpot elk
samenwerkingsverband uit het scholenbestand in; een school zonder samenwerkingsverband wordt gemeld en overgeslagen.

Eindigt met 0: gedaan (ook met regels die --skip-bad-lines oversloeg), 1: er is niets veranderd, 2: de opties kloppen niet.";

/// `wijkpot import`.
#[derive(Clone, Debug, Default, Args)]
#[command(after_help = IMPORT_HELP)]
pub struct Import {
    /// Code, zoals PO3002. Zonder code bepaalt de kolom SAMENWERKINGSVERBAND van het scholenbestand het.
    #[arg(long)]
    pub partnership: Option<String>,
    /// Naam van het samenwerkingsverband.
    #[arg(long)]
    pub name: Option<String>,
    /// Vestigingen, in de indeling van DUO.
    #[arg(long)]
    pub schools: Option<PathBuf>,
    /// Besturen en hun deel: board,pupil_percent,fixed_percent,decided_percent,decided_because.
    #[arg(long)]
    pub boards: Option<PathBuf>,
    /// Welke school bij welk bestuur hoort: brin,board.
    #[arg(long)]
    pub school_boards: Option<PathBuf>,
    /// Contracten: supplier,contract_hours,reserve_hours.
    #[arg(long)]
    pub contracts: Option<PathBuf>,
    /// Mensen: email,name,role,scope.
    #[arg(long)]
    pub people: Option<PathBuf>,
    /// Experts: email,name,supplier,postcode,expertises,levels,proof,proof_until,weekly.
    #[arg(long)]
    pub specialists: Option<PathBuf>,
    /// Schooljaar van de contracten, als het jaar waarin het begint; zonder deze het lopende.
    #[arg(long)]
    pub school_year: Option<i32>,
    /// Sla regels die niet kloppen over en lees de rest.
    #[arg(long)]
    pub skip_bad_lines: bool,
}

/// `wijkpot export`.
#[derive(Clone, Debug, Args)]
pub struct Export {
    /// Wat.
    #[arg(value_parser = ["balances"])]
    pub what: String,
    /// Code van het samenwerkingsverband.
    #[arg(long)]
    pub partnership: String,
    /// Het jaar waarin het schooljaar begint.
    #[arg(long)]
    pub school_year: i32,
}

impl Base {
    /// The database's address.
    #[must_use]
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data.join("wijkpot.db").display()))
    }

    /// The address that was named, if one was.
    fn named_url(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| !url.is_empty())
    }

    /// The address people use, without a slash at the end.
    #[must_use]
    pub fn public_url(&self, listening: SocketAddr) -> String {
        self.named_url().map(str::to_owned).unwrap_or_else(|| format!("http://{listening}")).trim_end_matches('/').to_owned()
    }
}

impl Serve {
    /// Where people from elsewhere would come in, when they can: an address that is not of this machine alone, a proxy, or a public name.
    #[must_use]
    pub fn open_to_others(&self, base: &Base) -> Option<String> {
        if !base.addr.ip().is_loopback() {
            return Some(format!("Op {}", base.addr));
        }
        if self.behind_proxy {
            return Some("Achter een proxy".to_owned());
        }
        base.named_url().filter(|url| !is_of_this_machine(url)).map(|url| format!("Op {url}"))
    }
}

/// An address that people use, with its scheme and host in small letters: whether it is https decides over the cookie. A variable that
/// is set to nothing is as good as none.
fn public_address(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    let sentence = || format!("‘{text}’ is geen adres. Schrijf het zoals https://wijkpot.example.nl.");
    let url: Uri = text.trim().parse().map_err(|_| sentence())?;
    let (Some(scheme @ ("http" | "https")), Some(host)) = (url.scheme_str(), url.authority()) else { return Err(sentence()) };
    if host.host().is_empty() || host.as_str().contains('@') || url.query().is_some() {
        return Err(sentence());
    }
    Ok(format!("{scheme}://{}{}", host.as_str().to_lowercase(), url.path().trim_end_matches('/')))
}

fn month(text: &str) -> Result<Month, String> {
    text.parse().map_err(|_| format!("‘{text}’ is geen maand. Schrijf hem zoals 2026-10."))
}

fn is_of_this_machine(url: &str) -> bool {
    let host = url.parse::<Uri>().ok().and_then(|url| url.host().map(str::to_owned)).unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serve(arguments: &[&str]) -> (Base, Serve) {
        let cli = Cli::try_parse_from(["wijkpot", "serve"].iter().chain(arguments)).expect("options that hold");
        let Command::Serve(serve) = cli.command else { panic!("it is serve") };
        (cli.base, serve)
    }

    #[test]
    fn the_demo_asks_twice_wherever_others_can_come_in() {
        for (arguments, open) in [
            (&["--demo"][..], false),
            (&["--demo", "--url", "http://localhost:3000"], false),
            (&["--demo", "--url", "http://[::1]:3000"], false),
            (&["--demo", "--addr", "0.0.0.0:3000"], true),
            (&["--demo", "--behind-proxy"], true),
            (&["--demo", "--url", "https://proef.example.nl"], true),
        ] {
            let (base, serve) = serve(arguments);
            assert_eq!(serve.open_to_others(&base).is_some(), open, "{arguments:?}");
        }
    }

    #[test]
    fn an_address_is_https_however_it_is_written_and_nonsense_is_none() {
        assert_eq!(public_address("HTTPS://Wijkpot.Example.NL/").as_deref(), Ok("https://wijkpot.example.nl"));
        assert_eq!(public_address("http://127.0.0.1:3000").as_deref(), Ok("http://127.0.0.1:3000"));
        assert_eq!(public_address("").as_deref(), Ok(""), "set to nothing is not set");
        for wrong in ["wijkpot.example.nl", "ftp://x.nl", "https://", "https://a b", "https://jan@x.nl", "https://x.nl/?a=1"] {
            assert!(public_address(wrong).is_err(), "{wrong}");
        }
    }
}
