"""PURE: the words by which people say a film's settings, as patterns of lower case, in the languages they write to us.

In each entry: English, German, Spanish, French, Italian, Portuguese, Dutch, Hindi, Chinese.
"""

from __future__ import annotations

from pipeline.film.voices import Gender

FILM = (
    r"films?|videos?|vids?|movies?|clips?|edits?|trailers?|teasers?|promos?|explainers?|shorts?|ads?|spots?|reels?|"
    r"posts?|story|stories|formato?|format|modus|mode|"
    r"orientation|vídeos?|vidéos?|filme|filmpje|película|anuncio|pub|वीडियो|फिल्म|फ़िल्म|视频|短片|影片|画面|格式"
)
"""What has a shape."""
UPRIGHT_THING = r"(?! ?(?:farm|garden|limit|wall|climb|cliff|axis|takeoff|drop|wind|jump|bahn|gärt|dimension))"
SHAPES = {
    "9:16": rf"vertical{UPRIGHT_THING}(?:ly)?|9:16|9x16|9 by 16|upright|(?:in )?portrait (?:format|mode|video|film|"
    r"orientation)|in portrait\b(?! of)|hochkant|hochformat|senkrecht|vertikal|en vertical|vertica(?:les?|ux|li|is)|"
    r"format portrait|en hauteur|verticaal|staand formaat|वर्टिकल|खड़ा वीडियो|竖屏|竖版|竖向|竖的",
    "16:9": r"widescreen|16:9|16x9|16 by 9|horizontal(?:ly)?|landscape (?:format|mode|video|film|orientation)|in "
    r"landscape\b|querformat|im quer|apaisado|format paysage|orizzontale|liggend formaat|हॉरिजॉन्टल|横屏|横版|宽屏",
    "4:3": r"4:3|4x3|4 by 3|4 zu 3",
    "3:4": r"3:4|3x4|3 by 4|3 zu 4",
    "1:1": r"1:1|1x1|1 by 1",
}
SQUARE = r"square|quadratisch\w*|cuadrad[oa]|carr[ée]e?|quadrat[oa]|quadrad[oa]|vierkante?|स्क्वायर|वर्गाकार|方形|正方形"
"""Beside what has a shape, or alone between commas; a square may be a place, too."""
PLATFORMS = {
    "9:16": r"tik ?toks?|(?:instagram |insta )?reels?|youtube[ -]shorts?|for shorts|shorts (?:video|format|clip)|"
    r"instagram|insta|snapchat|(?:instagram|insta|whatsapp) (?:story|stories|status)|"
    r"for (?:my |the |a )?(?:phones?|stories)|(?:para|pro|pros|pras?|per|pour|voor) (?:os |as |el |las? |le |les |mis |"
    r"mes |de )?(?:stories|storie|statut|estados)|fürs handy|para (?:el |mi )?(?:móvil|celular)|pour (?:le |mon )?"
    r"(?:téléphone|portable)|per il (?:telefono|cellulare)|para (?:o )?(?:celular|telemóvel)|"
    r"टिकटॉक|रील्स?|इंस्टाग्राम|抖音|快手|小红书|视频号|手机",
}
"""What is usual there, where no shape is said."""
NO = (
    r"(?:no|without(?: any| a)?|ohne|keine?n?|sin(?: ninguna)?|sans|pas de|senza|niente|sem|nada de|zonder|geen)"
)  # fmt: skip
MUSIC = (
    r"(?:background |hintergrund)?(?:music|musik|música|musica|musique|muziek|soundtrack)"
    r"(?: (?:de fondo|de fond|di sottofondo|de fundo))?"
)
VOICE = (
    r"(?:narration|narrator|voice-?overs?|voice over|voices?|speaker|speech|spoken words|"
    r"(?:einen )?sprecher(?:in|text)?"
    r"|stimme|erzähler(?:in)?|narración|narrador|locución|voz(?: en off)?|voix(?: off)?|narrateur|commentaire|voce"
    r"(?: narrante| fuori campo)?|narrazione|narratore|narração|locução|voz off|verteller|voice-over|vertelstem)"
)
CAPTIONS = r"(?:captions?|subtitles?|untertiteln?|subtítulos|sous-titres|sottotitoli|legendas|ondertitels?)"
MUSIC_ELSEWHERE = r"(?:संगीत|म्यूज़िक|म्यूजिक|音乐|配乐)"
VOICE_ELSEWHERE = r"(?:आवाज़|आवाज|नैरेशन|कथन|旁白|配音|解说)"
CAPTIONS_ELSEWHERE = r"(?:सबटाइटल|कैप्शन|字幕)"
AND = r"(?:,? (?:and|or|und|oder|y|ni|et|e|né|o|nem|ou|en) |, ?)"
_BURNED_IN = r"(?:burn(?:ed|t)[- ]?in(?:to the (?:picture|video|film|image))?|hard-?coded|(?:fest )?eingebrannt)"
BURNED = (
    r"(?:burn(?:ed|t)[- ]?in|hard-?coded|open|eingebrannte[nrm]?|fest eingebaute[nrm]?) "
    r"(?:captions?|subtitles?|subs|untertiteln?)|"
    rf"(?:captions?|subtitles?|untertitel)(?: (?:should be|must be|are|sollen|bitte|permanently))? {_BURNED_IN}"
    r"(?: sein)?|"
    r"(?:subtítulos (?:quemados|incrustados)|sous-titres incrustés|sottotitoli impressi|legendas embutidas)|"
    r"(?:captions?|subtitles?|untertiteln?|subtítulos|sous-titres|sottotitoli|legendas) (?:fest |fijos |fixes |fissi )?"
    r"(?:in the (?:picture|image)|im bild|ins bild|en la imagen|dans l'image|nell'immagine|na imagem)"
)
STYLES = {
    "black and white": r"black (?:and|&) white|b&w|schwarz-?wei(?:ß|ss)|schwarz und weiß|blanco y negro|noir et blanc|"
    r"bianco e nero|preto e branco|zwart-?wit|黑白",
    "watercolor": r"watercolou?rs?|aquarell\w*|wasserfarb\w*|"
    r"acuarela|aquarelle|acquerell[oi]|aquarela|aquarel|वॉटरकलर|जलरंग|水彩画?",
    "anime": r"anime|zeichentrick|एनीमे|动漫|日漫",
    "documentary": r"documentary|doku(?:mentar\w*)?|documental|documentaire|documentario|documentário|纪录片",
    "noir": r"film noir|noir|黑色电影",
    "clay": r"clay|claymation|knet\w*|plastilin[ae]|pâte à modeler|massinha|粘土|黏土",
    "cinematic": r"cinematic|filmisch|cinematográfic[oa]|cinématographique|cinematografico|सिनेमाई|电影感",
    "cartoon": r"cartoon|dessins? anim[ée]s?|dibujos? animados?|carton[ei] animat[oi]|desenhos? animados?|कार्टून|卡通",
    "comic book": r"comic(?: book)?|cómic|bande dessinée|fumetto|漫画",
    "oil painting": r"oil painting|ölgemälde|óleo|peinture à l'huile|pittura a olio|pintura a óleo|油画",
    "pencil sketch": r"pencil(?: sketch| drawing)?|bleistift(?:zeichnung)?|lápiz|matita|铅笔画|素描",
    "pixel art": r"pixel art|pixelkunst|像素",
    "stop motion": r"stop[- ]motion|定格",
    "3d animation": r"3d(?: animation| animated)?|三维|3d动画",
}
"""Those with a preset, and some that people name in their own language."""
STYLE = r"(?:style|styled|look|stil|animation|estilo|stile|stijl|optik|风格|画风|风|स्टाइल|शैली)"
GENDERS: dict[Gender, str] = {
    "woman": r"female|woman's|women's|weiblich\w*|frauen?|femenina|de mujer|féminine|de femme|femminile|di donna|"
    r"feminina|de mulher|vrouwen?|महिला|女声|女性",
    "man": r"male|man's|men's|männlich\w*|männer|masculina|de hombre|masculine|d'homme|maschile|di uomo|"
    r"masculina|de homem|mannen|पुरुष|男声|男性",
}
"""Of the voice."""
ACCENT = r"(?:accent|akzent|acento|accento|口音|लहजा)"
ACCENTS = {
    "British": r"british|britisch\w*|brit[áâa]nic[oa]|britannique|britannic[oa]|britse?|英国|英式|英音|ब्रिटिश",
    "American": r"american|us|amerikanisch\w*|(?:norte)?american[oa]|estadounidense|américaine?|amerikaanse?|美国|美式|"
    r"美音|अमेरिकी",
    "Australian": r"australian|aussie|australisch\w*|australian[oa]|australienne?|australische?|澳大利亚|澳洲|"
    r"ऑस्ट्रेलियाई",
    "Swedish": r"swedish|schwedisch\w*|suec[oa]|suédoise?|svedese|sueco|zweedse?|瑞典|स्वीडिश",
}
"""Of the voice, as our voices have them."""
WITH = r"(?:with|mit|con|avec|com|met)"
