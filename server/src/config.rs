//! The command line and the environment: a contract with whoever runs this. Secure by default.

use clap::{ArgAction, Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

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
    #[arg(long, env = "WIJKPOT_URL", global = true)]
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
    /// Controleert het urenboek en de afspraken; eindigt met 1 als er iets niet klopt.
    Check,
}

/// `wijkpot serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// Met het voorbeeld-samenwerkingsverband en inloggen met één klik. Buiten dit apparaat alleen als je het twee keer zegt.
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

    /// The address people use, without a slash at the end.
    #[must_use]
    pub fn public_url(&self, listening: SocketAddr) -> String {
        self.url.clone().unwrap_or_else(|| format!("http://{listening}")).trim_end_matches('/').to_owned()
    }
}
