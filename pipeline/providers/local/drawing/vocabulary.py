"""The words that mean each place, thing, hour, weather and shot. Words are singular and lower case."""

from __future__ import annotations

PLACES: dict[str, str] = {
    "space": "space cosmos cosmic universe galaxy nebula star astronomy orbit orbital interstellar galactic spacecraft"
    " spaceship blackhole constellation comet asteroid weltraum espacio espace spazio espaco ruimte sterne estrella"
    " étoile",
    "planet": "mars martian moon lunar crater alien colony exoplanet regolith mond luna lune",
    "sea": "ocean sea wave coast coastal beach shore island sail sailing harbor harbour lake river maritime bay tide"
    " nautical pirate angling seaside lagoon meer océano oceano mar mer océan fluss strand playa plage zee",
    "underwater": "underwater reef coral diving diver submarine seabed aquarium marine jellyfish octopus unterwasser",
    "mountains": "mountain peak summit alp alpine hike hiking climb climber valley glacier nature landscape wilderness"
    " canyon everest volcano outdoor adventure earth climate waterfall berg montaña montagne montagna montanha natur",
    "forest": "forest wood woodland jungle rainforest trail tree leaf autumn fern moss campfire camping wildlife grove"
    " wald bosque forêt foresta floresta bos",
    "city": "city urban street skyline downtown building skyscraper metropolis tokyo paris london manhattan traffic"
    " town"
    " neighborhood rooftop architecture detective crime alley stadt ciudad ville città cidade stad",
    "desert": "desert dune sand sahara oasis arid camel caravan egypt cactus nomad savanna savannah safari africa"
    " wüste desierto désert deserto woestijn",
    "fields": "farm field meadow picnic countryside garden flower harvest crop wheat village rural agriculture"
    " prairie barn"
    " vineyard orchard bloom blossom bee butterfly pasture spring gardening plant seed grow sustainable organic"
    " bauernhof garten jardín jardin granja ferme campo",
    "kitchen": "coffee tea food kitchen cook cooking bake baking bakery recipe restaurant breakfast café cafe bread"
    " egg pasta soup boil"
    " chocolate eat meal chef espresso bean cup dish taste drink cake pizza fruit vegetable cuisine dinner lunch wine"
    " kaffee küche comida café cocina cuisine cibo",
    "lab": "technology tech computer robot ai artificial intelligence data code coding software digital internet chip"
    " quantum science laboratory cyber future futuristic machine blockchain app algorithm programming developer network"
    " electronic automation innovation engineer engineering invention research scientist medicine medical energy brain"
    " technologie computadora ordinateur wissenschaft ciencia",
    "room": "office school kindergarten learn learning teacher student classroom business meeting team study book"
    " library work"
    " company money finance people education startup reading university lesson marketing library novel diary"
    " family job writer doctor hospital nurse living schule escuela école büro oficina bureau",
    "stage": "music concert band song festival dance dancing theatre theater singer guitar piano orchestra jazz rock"
    " drummer melody rhythm performance musik música musique opera party show",
    "arena": "sport race running run runner football soccer basketball stadium olympic athlete fitness training tennis"
    " marathon gym champion cycling swim swimming boxing workout exercise fußball deporte fútbol",
    "road": "car drive driving road trip highway bus truck motorcycle vehicle electric bicycle bike travel journey auto"
    " coche voiture transport transportation",
    "rail": "train railway railroad station locomotive rail metro zug tren",
    "hills": "castle history"
    " medieval ancient rome greece athens empire roman greek knight kingdom temple ruin king queen"
    " dragon"
    " legend fairy tale"
    " civilization civilisation archaeology past fortress tower viking samurai burg castillo château",
    "clouds": "sky cloud flight fly flying plane airplane aircraft airport balloon pilot aviation heaven kite wind"
    " himmel cielo ciel eagle",
    "ice": "arctic antarctic antarctica polar ice iceberg penguin christmas ski skiing tundra",
}

THINGS: dict[str, str] = {
    "rocket": "rocket spaceship spacecraft shuttle liftoff countdown rakete cohete fusée razzo",
    "planet": "planet saturn jupiter earth exoplanet",
    "astronaut": "astronaut cosmonaut spacewalk spaceman",
    "satellite": "satellite telescope hubble orbit iss antenna voyager",
    "rover": "rover curiosity perseverance",
    "sailboat": "sailboat sail sailing yacht boat regatta voyage sailor boot barco bateau",
    "ship": "ship pirate galleon ferry cargo vessel titanic",
    "whale": "whale wal ballena orca",
    "dolphin": "dolphin",
    "fish": "fish reef coral aquarium shark seafood",
    "turtle": "turtle tortoise",
    "jellyfish": "jellyfish octopus",
    "lighthouse": "lighthouse leuchtturm faro",
    "palm": "palm island tropical oasis beach",
    "tent": "tent camp camping campfire",
    "cabin": "cabin hut cottage lodge",
    "oak": "tree oak leaf orchard baum árbol arbre",
    "bridge": "bridge",
    "camel": "camel caravan",
    "cactus": "cactus",
    "pyramid": "pyramid egypt pharaoh ancient",
    "windmill": "windmill mill",
    "turbine": "turbine renewable",
    "barn": "barn farm farmer",
    "tractor": "tractor",
    "flower": "flower bloom blossom rose tulip petal blume flor fleur",
    "sunflower": "sunflower",
    "butterfly": "butterfly insect",
    "dog": "dog puppy hund perro chien cane",
    "cat": "cat kitten katze gato chat gatto",
    "fox": "fox fuchs zorro renard volpe",
    "wolf": "wolf coyote",
    "horse": "horse pony pferd caballo cheval rider",
    "deer": "deer stag elk moose reindeer wildlife",
    "rabbit": "rabbit bunny hare",
    "bear": "bear",
    "lion": "lion tiger leopard cheetah cub",
    "elephant": "elephant safari",
    "cow": "cow cattle dairy",
    "sheep": "sheep lamb wool",
    "bird": "bird eagle owl crow raven gull seagull parrot sparrow robin vogel pájaro oiseau",
    "penguin": "penguin",
    "cup": "coffee brew cup espresso latte cappuccino barista café cafe mug kaffee",
    "bread": "bread bake baking bakery loaf baker flour dough toast",
    "cake": "cake birthday dessert",
    "pizza": "pizza",
    "fruit": "fruit apple vegetable lemon salad vitamin tomato",
    "pot": "saucepan cook cooking soup chef recipe stew boil boiling kettle",
    "laptop": "laptop computer code coding software programming developer internet app startup website online",
    "robot": "robot android automation ai artificial roboter robótica",
    "chip": "chip processor quantum circuit algorithm neural hardware",
    "flask": "science laboratory chemistry experiment flask scientist research molecule vaccine",
    "globe": "globe geography",
    "castle": "castle fortress medieval kingdom knight king queen burg castillo château dragon fairy",
    "temple": "temple roman greek greece rome acropolis column empire civilization civilisation philosophy senate",
    "runner": "runner running run race marathon athlete sprint jog fitness training exercise workout",
    "football": "football soccer ball basketball goal fußball fútbol",
    "trophy": "trophy champion winner victory olympic medal prize",
    "bicycle": "bicycle bike cycling cyclist",
    "guitar": "guitar band song musician",
    "piano": "piano pianist classical orchestra jazz melody",
    "microphone": "microphone singer sing podcast concert comedy speech",
    "people": "people team family meeting friend friendship crowd community couple teacher student person woman man"
    " child human volunteer staff nurse sister brother grandmother grandfather mother father daughter son neighbour"
    " neighbor guest customer girl boy baby dad mom mum grandma grandpa"
    " menschen gente gens",
    "book": "book reading library novel diary bookshop textbook page",
    "bulb": "bulb idea edison",
    "chart": "chart finance money growth economy invest interest profit spreadsheet sales statistics",
    "clock": "clock watch deadline",
    "heart": "heart romance",
    "snowman": "snowman christmas",
    "umbrella": "umbrella",
    "houseplant": "houseplant plant repot repotting seedling photosynthesis soil",
    "kite": "kite",
    "shoe": "shoe boot sneaker",
    "can": "tin soda lemonade",
    "envelope": "envelope letter invitation mail postcard",
    "phone": "phone smartphone telephone app mobile",
    "gift": "gift present",
    "chocolate": "chocolate cocoa cacao",
    "egg": "egg",
    "teapot": "teapot tea",
    "rings": "wedding engagement marriage",
    "wheel": "wheel tyre tire",
    "house": "house home cottage heatpump",
    "vest": "vest briefing",
    "key": "key",
    "icecream": "icecream gelato",
    "wall": "wall",
    "train": "train railway railroad locomotive metro zug tren",
    "car": "car drive driving taxi auto coche voiture vehicle",
    "bus": "bus truck van",
    "plane": "plane airplane aircraft airport pilot aviation flight fly flying flugzeug avión avion",
    "balloon": "balloon",
    "lantern": "lantern candle festival",
    "streetlamp": "detective crime alley streetlamp mystery",
}

COMPOUNDS: dict[str, str] = {
    "ice cream": "icecream",
    "heat pump": "heatpump",
    "black hole": "blackhole",
    "fishing": "angling",
}
"""Two words that mean neither of the two."""

HOMES: dict[str, str] = {
    "rocket": "space", "planet": "space", "astronaut": "space", "satellite": "space", "rover": "planet",
    "sailboat": "sea", "ship": "sea", "whale": "sea", "dolphin": "sea", "fish": "underwater", "turtle": "underwater",
    "jellyfish": "underwater", "lighthouse": "sea", "palm": "sea", "tent": "mountains", "cabin": "mountains",
    "oak": "fields", "bridge": "sea", "camel": "desert", "cactus": "desert", "pyramid": "desert", "windmill": "fields",
    "turbine": "fields", "barn": "fields", "tractor": "fields", "flower": "fields", "sunflower": "fields",
    "butterfly": "fields", "dog": "fields", "cat": "room", "fox": "forest", "wolf": "forest", "horse": "fields",
    "deer": "forest", "rabbit": "fields", "bear": "forest", "lion": "desert", "elephant": "desert", "cow": "fields",
    "sheep": "fields", "bird": "forest", "penguin": "ice", "cup": "kitchen", "bread": "kitchen", "cake": "kitchen",
    "pizza": "kitchen", "fruit": "kitchen", "pot": "kitchen", "laptop": "lab", "robot": "lab", "chip": "lab",
    "flask": "lab", "globe": "room", "castle": "hills", "temple": "hills", "runner": "arena", "football": "arena",
    "trophy": "arena", "bicycle": "road", "guitar": "stage", "piano": "stage", "microphone": "stage",
    "people": "room", "book": "room", "bulb": "room", "chart": "room", "clock": "room", "heart": "clouds",
    "houseplant": "plain", "kite": "clouds", "shoe": "plain", "can": "plain", "envelope": "plain", "phone": "plain",
    "gift": "room", "chocolate": "kitchen", "egg": "kitchen", "teapot": "kitchen", "rings": "plain",
    "wheel": "plain", "house": "fields", "vest": "plain", "key": "plain", "wall": "city", "icecream": "kitchen",
    "snowman": "ice", "umbrella": "city", "train": "rail", "car": "road", "bus": "road", "plane": "clouds",
    "balloon": "clouds", "lantern": "hills", "streetlamp": "city",
}  # fmt: skip

USUAL: dict[str, tuple[str, ...]] = {"rail": ("train",), "road": ("car", ""), "stage": ("microphone", "")}
"""What may stand in a place when the prompt names nothing; an empty name, as everywhere else, leaves the view open."""

INDOORS = frozenset({"kitchen", "room", "lab", "stage", "plain"})
BEINGS = frozenset(
    [
        "dog",
        "cat",
        "fox",
        "wolf",
        "horse",
        "deer",
        "rabbit",
        "bear",
        "lion",
        "elephant",
        "cow",
        "sheep",
        "camel",
        "bird",
        "penguin",
        "butterfly",
        "whale",
        "dolphin",
        "turtle",
        "jellyfish",
        "astronaut",
        "robot",
    ]
)
"""Living things draw the eye: they win over what else is named."""
HOUR_WORDS: dict[str, str] = {
    "night": "night midnight nighttime moonlight moonlit starry dark nacht noche nuit evening",
    "dawn": "dawn sunrise morning daybreak morgen",
    "sunset": "sunset dusk twilight sundown",
    "golden": "golden",
    "day": "day daylight noon midday bright sunny daytime afternoon",
}
WEATHER_WORDS: dict[str, str] = {
    "storm": "storm stormy thunder thunderstorm lightning hurricane tornado sturm tormenta",
    "rain": "rain rainy raining drizzle wet regen lluvia pluie",
    "snow": "snow snowy snowing blizzard snowfall winter schnee nieve neige frost",
    "fog": "fog foggy mist misty haze hazy nebel",
}
SHOT_WORDS: dict[str, str] = {
    "close": "close closeup closer macro detail portrait intimate",
    "aerial": "aerial overhead drone birdseye above",
    "wide": "wide panorama panoramic establishing distant vast epic",
}
IGNORED = frozenset(
    [
        "shot",
        "style",
        "of",
        "a",
        "the",
        "and",
        "with",
        "in",
        "at",
        "on",
        "an",
        "to",
        "from",
        "for",
        "medium",
        "scene",
        "view",
        "cinematic",
        "light",
        "lighting",
        "camera",
    ]
)
