//! The accessibility statement. Always true: it claims what was built and tested, and names what was not.

use crate::ui::PageHead;
use leptos::prelude::*;

/// What we claim, what we know is missing, and whom to tell.
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    view! {
        <div class="wrap">
            <PageHead title="Toegankelijkheid" lede="Iedereen moet Wijkpot kunnen gebruiken. Hier lees je hoe ver we zijn." />
            <div class="reading">
                <section aria-labelledby="norm">
                    <h2 id="norm">"Waar we aan voldoen"</h2>
                    <p>
                        "We bouwen Wijkpot volgens WCAG 2.2, niveau A en AA. Daarmee volgen we ook de Europese norm EN 301 549 voor websites. Dit is onze eigen verklaring. Een onafhankelijk onderzoek is er nog niet."
                    </p>
                </section>
                <section aria-labelledby="zo">
                    <h2 id="zo">"Zo controleren we"</h2>
                    <ul>
                        <li>"Bij elke nieuwe versie test een programma de pagina’s, licht en donker, op telefoon en computer."</li>
                        <li>"Alles werkt met het toetsenbord. De focus is steeds te zien."</li>
                        <li>"Alles wat je moet doen, kan ook zonder JavaScript."</li>
                        <li>"Tekst kun je vergroten tot 400 % zonder opzij te schuiven. Alleen brede tabellen schuiven binnen hun eigen vak."</li>
                        <li>"Inloggen vraagt geen puzzel. Een wachtwoord plakken mag."</li>
                    </ul>
                </section>
                <section aria-labelledby="grenzen">
                    <h2 id="grenzen">"Wat we weten dat nog niet goed is"</h2>
                    <ul>
                        <li>"Mensen die dagelijks een schermlezer gebruiken, hebben Wijkpot nog niet getest."</li>
                        <li>"Zonder JavaScript krijg je geen waarschuwing voordat je wordt uitgelogd."</li>
                        <li>"Wijkpot is er alleen in het Nederlands."</li>
                    </ul>
                </section>
                <section aria-labelledby="melden">
                    <h2 id="melden">"Iets melden"</h2>
                    <p>
                        "Lukt iets niet? Meld het bij het secretariaat van je samenwerkingsverband. Schrijf erbij op welke pagina het gebeurt en wat je gebruikt. Het secretariaat helpt je ook op een andere manier."
                    </p>
                    <p>"Kom je er samen niet uit? Dan kun je naar de Nationale ombudsman."</p>
                </section>
                <p class="version">"Verklaring van 22 november 2026"</p>
            </div>
        </div>
    }
}
