"""What the accounts of the simulated world say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

Media = Literal["none", "photo", "video"]


class Post(NamedTuple):
    """A text and what is attached to it."""

    text: str
    media: Media = "none"


ACME: Final = (
    Post("Good morning to everyone whose first coffee today was made on a tailgate. ☕️🚙"),
    Post("El café sabe mejor a 2.000 metros. Lo hemos comprobado. Varias veces. ⛰️☕️", "photo"),
    Post(
        "New in: the Pinecone filter. Folds flat, brews four cups, forgives clumsy mornings. https://acme.example/pinecone"
    ),
    Post("朝霧の湖畔で、一杯目のコーヒー。今日も良い一日を。🌲☕️", "photo"),
    Post("Poll for the weekend: grind at home, or at camp? Wrong answers only. 👇"),
    Post("قهوة الصباح طعمها أحلى فوق الجبل ⛰️☕️ صباح الخير من فريق أكمي"),
    Post("Reply with the view from your last cup. We'll send a kettle to the best one. 📸 #CoffeeOutside"),
    Post("पहाड़, सुबह की ठंडी हवा और एक कप गरम कॉफ़ी। बस इतना ही चाहिए। 🏔️☕️", "photo"),
    Post("Our repair desk fixed 412 stoves last month. The oldest was 19 years old and had seen three continents. 🔧"),
    Post("Three minutes, two hundred and ten grams of water, one good decision. https://acme.example/recipe"),
    Post("Consejo del equipo: calienta la taza antes. Tu yo de las seis de la mañana te lo agradecerá. 🙏🏽"),
    Post("Rain on the tarp, kettle on the flame. Nobody is in a hurry.", "photo"),
    Post("You asked for a lid that can't be lost. We tied it to the pot. Engineering! 🪢"),
    Post("週末のキャンプ、忘れ物チェック：テント、寝袋、そしてコーヒー。順番は逆でもOK。🏕️"),
    Post("Fun fact: water boils at 93 °C at 2,000 m. Your light roast will want a longer brew up there. 🌡️"),
    Post("Our beans travel by sail on the Gdańsk–Malmö leg now. Slower, quieter, very good stickers. ⛵️", "photo"),
    Post("سؤال اليوم: ما هي أجمل إطلالة شربتم أمامها قهوتكم؟ 🌅 شاركونا الصور"),
    Post(
        "The Driftcup is back in stock in Moss, Slate and that orange you all wrote about. https://acme.example/driftcup"
    ),
    Post("If your hiking buddy carries the grinder, your hiking buddy gets the first cup. We don't make the rules. 🥇"),
    Post("Field notes, day 9 in the Pyrenees: 1 stove, 6 people, 0 arguments. 👩🏽‍🚀👨🏻‍🌾👩🏿‍🔬", "photo"),
    Post("ट्रेक पर निकलने से पहले: पानी ✅ टॉर्च ✅ कॉफ़ी ✅✅ 🥾"),
    Post(
        "We tested 31 mugs by dropping them off a barn. Two survived. Guess which one we sell. https://acme.example/barn-test"
    ),
    Post(
        "Se buscan probadores: dos fines de semana, una cafetera nueva, cero prisas. Escríbenos 👉 https://acme.example/prueba"
    ),
    Post("Sunrise 06:41. Kettle 06:42. Priorities. 🌄", "photo"),
    Post("Small batch, big mountain: the Ridge Espresso roast is out today. https://acme.example/ridge"),
    Post("ミルはゆっくり、景色もゆっくり。新しい手挽きミル「Ridgegrind」、本日から予約受付中です。⚙️"),
    Post("What's the one thing you always forget? Ours is the spoon. It's always the spoon. 🥄"),
    Post("100 % recycled steel from this month on, for every pot we make. Here is how: https://acme.example/steel"),
    Post("Camp coffee rule no. 7: whoever wakes the camp makes the camp coffee. ⏰", "photo"),
    Post("رحلة سعيدة لكل من خرج اليوم إلى الصحراء 🐪 لا تنسوا القهوة والماء"),
    Post("We read every review. Yes, also the one about the squirrel. Especially the one about the squirrel. 🐿️"),
    Post("How to clean a moka pot in a river (and how not to): https://acme.example/moka"),
    Post("Gracias a las 240 personas que limpiaron el sendero con nosotros este sábado. 💚🥾", "photo"),
    Post("Grinder, kettle, cup: 640 g altogether. Your tent pegs weigh more. ⚖️"),
    Post("Quiet lake, loud kettle. Sorry, ducks. 🦆", "photo"),
    Post("दोस्तों के साथ अलाव, आसमान भर तारे और फ़िल्टर कॉफ़ी। 🔥✨"),
    Post("The workshop smells of cedar today: new handles are drying. 🪵"),
    Post("Ask us anything about brewing in the cold. We'll answer all afternoon. 🧤❄️"),
    Post("焚き火の音と、豆を挽く音。これ以上のBGMはありません。🔥", "photo"),
    Post("One pot, no plastic, ten years' warranty. That's the whole advert. https://acme.example/pot"),
    Post("Somebody named their puppy Kettle. We are not crying, it's the steam. 🐶"),
    Post("Café, montaña y silencio. En ese orden. ☕️🏔️🤫"),
    Post("Trail report from our Kyoto store: leaves at their best, coffee stand open till dusk. 🍁", "photo"),
)

ACME_VIDEO: Final = (
    Post("60 seconds of steam, birds and a slow pour. Sound on. 🔊☕️", "video"),
    Post("How we forge a kettle, from sheet to spout, in one minute. 🔥🔨", "video"),
    Post("¿Cafetera italiana en la nieve? Vídeo: así sale perfecta. ❄️", "video"),
    Post("Marta brews on a kayak. Do not try this with a full kettle. 🛶", "video"),
    Post("一分でわかる、外で淹れるドリップの基本。🎬", "video"),
    Post("Barn test, slow motion: 31 mugs, one floor. 🎥", "video"),
    Post("من الحبة إلى الكوب: جولة قصيرة في محمصتنا 🎬", "video"),
)

ACME_VIRAL: Final = (
    Post(
        "We dropped our pot down a 40 m scree slope. A marmot tried to return it. 🧵📸 https://acme.example/marmot",
        "photo",
    ),
    Post(
        "This kettle came back after 22 years on a fishing boat. It wanted a new knob. Free knobs for life. 🛟",
        "photo",
    ),
    Post(
        "Somebody proposed with our mug, the ring in its lid. Free coffee until the silver wedding. 💍",
        "photo",
    ),
)

ACME_ROUNDUP: Final = (
    Post(
        "Your pictures of the month are in, and the duck wins again. All twelve: https://acme.example/pictures 🦆",
        "photo",
    ),
    Post(
        "This month's route: 18 km, two huts, one very good bench for a coffee stop. https://acme.example/route 🥾",
        "photo",
    ),
    Post("First Monday of the month, new roast on the drum. This one is Ethiopian, floral and a bit smug. ☕️", "photo"),
)

ACME_DELETED: Final = (
    Post("Free kettles for everyone, for ever!!! 🎉🎉🎉"),
    Post("Our new price list is out: https://acme.example/price-list-DRAFT-do-not-share"),
    Post("Test tweet please ignore"),
)

PRODUCTS: Final[Mapping[int, str]] = {2: "Emberpot", 5: "Driftcup", 8: "Ridgegrind", 11: "Trailbrew"}
"""What is launched on the 15th of the month."""

ACME_LAUNCH: Final = (
    Post(
        "It's here. Meet {product}: four years, 61 prototypes, one very patient team. 🚀 https://acme.example/launch",
        "photo",
    ),
    Post("Why {product}? Because nobody should have to choose between a light pack and a good cup. 🎒☕️"),
    Post("Watch {product} come to the boil in a snow storm. ❄️🔥 #AcmeLaunch", "video"),
    Post("¡Ya está aquí {product}! Más ligero, más rápido, igual de testarudo. 💪🏼 https://acme.example/launch"),
    Post("新製品「{product}」登場。山でも、庭でも、ベランダでも。☕️ https://acme.example/launch", "photo"),
    Post(
        "Your questions about {product}, answered live by Priya from engineering, for the next hour. 👩🏾‍🔧 #AcmeLaunch"
    ),
    Post(
        "First batch of {product}: gone in eight hours. Second batch ships on Friday. Thank you! 🙌🏽 https://acme.example/launch"
    ),
)

HELP: Final = (
    Post("@trailkat Hi Kat! That hiss is the valve settling in, it stops after two or three burns. 🙂"),
    Post("@jonas_out Sorry about the dent! Send us a DM with your order number and we'll sort it out today."),
    Post("@mira_hikes Yes: every stove since 2009 takes the same gasket. https://acme.example/parts"),
    Post("@senderista_luz ¡Hola! El filtro va al lavavajillas, el mango de madera no. 🪵"),
    Post("@yamacoffee こんにちは！替えのフィルターは来週入荷予定です。☕️"),
    Post("@deepak_treks नमस्ते! आपका ऑर्डर आज भेज दिया गया है। 📦"),
    Post("@omar_desert أهلاً عمر! نعم، الغلاية تعمل على النار المفتوحة 🔥"),
    Post("@lena.w The lid is on its way, and there's a spoon in the parcel. You'll know why. 🥄"),
    Post("@pete_paddles Salt water? Rinse, dry, a drop of oil on the hinge. Should be as good as new."),
    Post("@ridgewalker88 Returns are free for 60 days, muddy ones too. https://acme.example/returns"),
    Post("@anna_and_dog We checked with the team: the mug is dog-safe, the dog is not mug-safe. 🐕"),
    Post("@clement_bv Bonjour ! La pièce est en stock, nous vous l'envoyons demain."),
    Post("@slowmornings Grind one step coarser above 1,500 m and it'll stop clogging. Promise."),
    Post("@tomasz_k Thanks for telling us, the page is fixed now. 🙏"),
    Post("@gearheadgia That's wear and tear, not a fault, but we'll replace it anyway. DM?"),
    Post("@caminante_sur Lo sentimos. Ya hemos avisado a la tienda y te llaman hoy mismo."),
    Post("@nightowlcamp We're here until 8 pm Eastern. After that it's just us and the kettle."),
    Post("@bea.rides Your tracking link was wrong, ours is right: check your DMs. 🚲"),
    Post("@hinata_fuji 保証期間は10年です。レシートがなくても大丈夫ですよ。"),
    Post("@marcus_o Delivery to Norway is open again since Monday. 🇳🇴"),
    Post("@fernweh_fee Natürlich, das Ersatzteil gibt es einzeln. Link folgt per DM."),
    Post("@priya_summits हाँ, यह इंडक्शन पर भी चलता है। ✅"),
    Post("@twopines Wax, not varnish. One thin coat a year and it will outlive us all."),
)

HELP_OFFICE_HOURS: Final = Post(
    "Office hours! Ask us about stoves, gaskets, refunds and the meaning of bloom, today from 10 to 12 Eastern. 🛠️☕️"
)

GLOBEX: Final = (
    Post("The Globex HeatMax 3000. Twice the power. Twice the camp. 🔥"),
    Post("Adventure starts with Globex. Shop the autumn range now: https://globex.example/autumn", "photo"),
    Post("Save 20 % on all tents this week with code CAMP20. ⛺️ https://globex.example/sale"),
    Post("Bigger. Brighter. Globex lanterns. 💡", "photo"),
    Post("¡Oferta relámpago! Sacos de dormir desde 39 €. https://globex.example/es"),
    Post("What's in your pack? Tell us and win a HeatMax. #GlobexGear"),
    Post("新しいGlobexコンロ、1分で沸騰。⏱️"),
    Post("Our stores in Leeds and Lyon open on Saturday. First 100 visitors get a mug. 🎁", "photo"),
    Post("HeatMax in action: one litre in ninety seconds. 🎥", "video"),
    Post("Reviewers agree: the Globex Dome is 'a tent'. ⭐️⭐️⭐️⭐️"),
    Post("عروض نهاية الأسبوع على جميع المصابيح 🔦 https://globex.example/ar"),
    Post("Free shipping ends tonight. Don't say we didn't tell you. 🚚"),
    Post("Now with cup holder. Globex Chair Pro. 🪑", "photo"),
    Post("Your summit. Your rules. Your Globex. 🏔️"),
    Post("Two lanterns for one, today only. https://globex.example/today 🔦🔦"),
    Post("सर्दियों की सेल: सभी जैकेट पर 30% की छूट! ❄️ https://globex.example/in"),
    Post("Rated 4.1 by people who slept in it. ⛺️", "photo"),
)
