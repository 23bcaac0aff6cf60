"""What a creator with bad intent would write beside a gift, in the language of each market: all of it is told."""

import pytest

from checking import problems_of, site_with

LIST = "content/influencers/maya/lists/kit.yaml"
PROFILE = "content/influencers/maya/profile.yaml"
LONG = "word " * 25

# Each writes the denial, the hashtag that pretends, labels where nobody sees them, and a badge that says too little.
WRITTEN = {
    ("us", "en-US"): ("So n.o.t  s-p-o-n-s-o-r-e-d!", "Mine now #Brand_Partner", "#ad", "In partnership"),
    ("gb", "en-GB"): ("This isn’t an advert", "Mine now #Ambassador", "#advert", "Thanks to"),
    ("ca", "en-CA"): ("Not spon", "Mine now #affiliate", "#sponsored", "PR"),
    ("au", "en-AU"): ("Not even an ad", "Mine now #collab", "#PaidPartnership", "Gifted"),
    ("in", "en-IN"): ("100 percent unbiased", "Mine now #collabs", "#Advertisement", "Collab"),
    ("eu", "en-IE"): ("An unsponsored post", "Mine now #spons", "#advertising", "Partner"),
    ("de", "de-DE"): ("Dies ist keine  WERBUNG", "Jetzt meins #Kooperation", "#Anzeige", "Partnerlink"),
    ("fr", "fr-FR"): ("C’est pas sponsorise", "Le mien #Partenariat", "#publicite", "Produit offert"),
    ("be", "fr-BE"): ("Pas de pub !", "Le mien #Sponso", "#Annonce", "Lien affilie"),
    ("be", "nl-BE"): ("Dit is geen … reclame", "Van mij #samenwerking", "#Publiciteit", "In samenwerking met"),
    ("ca", "fr-CA"): ("Ce n’est pas une pub", "Le mien #ambassadrice", "#commandite", "Partenaire"),
    ("it", "it-IT"): ("non e’ pubblicita", "Ora mio #LinkAffiliato", "#pubblicita", "Codice sconto"),
    ("es", "es-ES"): ("No es, publicidad. #NoEsPublicidad", "Ya mío #colaboracion", "#publi", "Viaje patrocinado"),
    ("nl", "nl-NL"): ("Geen spon, echt", "Van mij #ambassadeur", "#BetaaldPartnerschap", "Affiliatelink"),
    ("pl", "pl-PL"): ("To nie jest zadna reklama", "Już mój #wspolpraca", "#WspolpracaReklamowa", "Współpraca"),
    ("br", "pt-BR"): ("nao e publi", "Agora meu #recebidos", "#publipost", "Parceria"),
}


@pytest.mark.parametrize(("market", "locale"), WRITTEN)
def test_everything_is_told(market, locale, tmp_path):
    denial, pretender, label, badge = WRITTEN[market, locale]
    texts = (denial, pretender, f"Mine #hills {label} #boots", f"{LONG} {label}")
    notes = [f"  - product: merino-tee\n    relationship: gifted\n    note: '{text}'\n" for text in texts]
    files = {
        LIST: f"title: Kit\nitems:\n{''.join(notes)}  - {{product: merino-tee, relationship: gifted, badge: {badge}}}",
        PROFILE: f"name: Maya\nlocale: {locale}\nmarkets: [{market}]\naffiliate: {{awin: {{publisher: '77'}}}}\n",
    }
    found = problems_of(site_with(tmp_path, files))
    assert [(problem.code, problem.place.line) for problem in found] == [
        ("wording", 5),
        ("wording", 8),
        ("wording", 11),
        ("wording", 14),
        ("wording", 15),
    ]
