"""Short names of emoji, as Slack and Discord write them, into characters.

The platforms send characters where they can (Discord always, Slack as code points beside the
name), so a name alone is met in reactions and old texts only: the names in common use are listed,
others are tried as Unicode's own. A name that is neither is a server's own emoji, or no emoji.
"""

import unicodedata

_LISTED = """
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 100 💯 1234 🔢 8ball 🎱 a 🅰️ ab 🆎 abc 🔤 abcd 🔡 b 🅱️
o2 🅾️ airplane ✈️ alarm_clock ⏰ alembic ⚗️ alien 👽 ambulance 🚑 anger 💢 angry 😠
anguished 😧 apple 🍎 arrow_down ⬇️ arrow_left ⬅️ arrow_right ➡️ arrow_up ⬆️
arrow_upper_right ↗️ arrow_lower_right ↘️ arrow_heading_down ⤵️ arrow_heading_up ⤴️
arrows_clockwise 🔃 arrows_counterclockwise 🔄 art 🎨 astonished 😲 atom_symbol ⚛️
baby 👶 balance_scale ⚖️ ballot_box_with_check ☑️ bangbang ‼️ bar_chart 📊 bear 🐻
beer 🍺 beers 🍻 beginner 🔰 bike 🚲 birthday 🎂 black_circle ⚫ blush 😊 boat ⛵ bomb 💣
book 📖 bookmark_tabs 📑 books 📚 boom 💥 bow 🙇 brain 🧠 bread 🍞 bug 🐛 bulb 💡
bullettrain_side 🚄 bullettrain_front 🚅 bus 🚌 cake 🍰 calendar 📆 camera 📷 car 🚗
card_index_dividers 🗂️ cat 🐱 cat2 🐈 champagne 🍾 chart 💹 chart_with_upwards_trend 📈
chart_with_downwards_trend 📉 checkered_flag 🏁 cl 🆑 clap 👏 clapper 🎬 clipboard 📋
cloud ☁️ cocktail 🍸 coffee ☕ cold_face 🥶 cold_sweat 😰 computer 💻 confetti_ball 🎊
confounded 😖 confused 😕 congratulations ㊗️ construction 🚧 cool 🆒 copyright ©️ cow 🐮
cow2 🐄 cry 😢 crying_cat_face 😿 cupid 💘 curly_loop ➰ dart 🎯 dash 💨 date 📅
dizzy_face 😵 disappointed 😞 disappointed_relieved 😥 dog 🐶 dog2 🐕 dollar 💵 ear 👂
egg 🥚 email ✉️ envelope ✉️ exclamation ❗ heavy_exclamation_mark ❗ exploding_head 🤯
expressionless 😑 eyes 👀 face_palm 🤦 facepalm 🤦 face_with_rolling_eyes 🙄
rolling_eyes 🙄 face_with_monocle 🧐 fast_forward ⏩ fearful 😨 fire 🔥 fish 🐟 fist ✊
facepunch 👊 punch 👊 flushed 😳 football 🏈 fork_and_knife 🍴 free 🆓 frowning 😦 gear ⚙️
gem 💎 ghost 👻 gift 🎁 grey_exclamation ❕ grey_question ❔ grin 😁 grinning 😀
hammer_and_wrench 🛠️ hand ✋ raised_hand ✋ handshake 🤝 hankey 💩 poop 💩
hatched_chick 🐥 headphones 🎧 heart ❤️ heart_eyes 😍 heartbeat 💓 heavy_check_mark ✔️
heavy_plus_sign ➕ hearts ♥️ horse 🐴 hot_face 🥵 hourglass ⌛ hourglass_flowing_sand ⏳
hugging_face 🤗 hugs 🤗 hushed 😯 id 🆔 innocent 😇 information_source ℹ️ interrobang ⁉️
iphone 📱 joy 😂 jp 🇯🇵 key 🔑 kiss 💋 kissing 😗 kissing_heart 😘 label 🏷️ laughing 😆
satisfied 😆 link 🔗 lips 👄 lock 🔒 loudspeaker 📢 lower_left_ballpoint_pen 🖊️ mag 🔍
mag_right 🔎 mailbox 📫 mask 😷 mega 📣 memo 📝 pencil 📝 pencil2 ✏️ metal 🤘 microphone 🎤
studio_microphone 🎙️ microscope 🔬 money_with_wings 💸 money_mouth_face 🤑 moneybag 💰
mouse 🐭 mouse2 🐁 movie_camera 🎥 muscle 💪 musical_note 🎵 notes 🎶 necktie 👔
nerd_face 🤓 neutral_face 😐 new 🆕 newspaper 📰 ng 🆖 no_bell 🔕 no_entry ⛔
no_entry_sign 🚫 no_good 🙅 no_mouth 😶 nose 👃 o ⭕ ok 🆗 ok_hand 👌 ok_woman 🙆
open_mouth 😮 package 📦 page_facing_up 📄 page_with_curl 📃 paperclip 📎 partying_face 🥳
penguin 🐧 pensive 😔 persevere 😣 phone ☎️ telephone ☎️ pig 🐷 pig2 🐖 pill 💊 pizza 🍕
pleading_face 🥺 point_down 👇 point_left 👈 point_right 👉 point_up ☝️ point_up_2 👆
pray 🙏 pushpin 📌 question ❓ rabbit 🐰 rabbit2 🐇 radio 📻 rage 😡 rainbow 🌈
raised_hands 🙌 raising_hand 🙋 recycle ♻️ red_circle 🔴 registered ®️ relaxed ☺️
relieved 😌 repeat 🔁 rewind ⏪ rice 🍚 robot_face 🤖 robot 🤖 rocket 🚀 rofl 🤣
rolling_on_the_floor_laughing 🤣 rose 🌹 rotating_light 🚨 running 🏃 runner 🏃 sa 🈂️
sake 🍶 saluting_face 🫡 santa 🎅 satellite 📡 satellite_antenna 📡 scales ⚖️ scream 😱
secret ㊙️ see_no_evil 🙈 seedling 🌱 shocked_face_with_exploding_head 🤯 shrug 🤷
shushing_face 🤫 skull 💀 sleeping 😴 sleepy 😪 slight_smile 🙂 slightly_smiling_face 🙂
slight_frown 🙁 slightly_frowning_face 🙁 smile 😄 smile_cat 😸 smiley 😃
smiling_face_with_3_hearts 🥰 smirk 😏 snowflake ❄️ snowman ⛄ snake 🐍 sob 😭 soccer ⚽
soon 🔜 sos 🆘 sparkle ❇️ sparkles ✨ sparkling_heart 💖 speaker 🔈 speech_balloon 💬
left_speech_bubble 🗨️ spiral_note_pad 🗒️ spiral_calendar_pad 🗓️ star ⭐ star2 🌟
star-struck 🤩 stars 🌠 stop_sign 🛑 octagonal_sign 🛑 stopwatch ⏱️ stuck_out_tongue 😛
stuck_out_tongue_winking_eye 😜 sun_with_face 🌞 sunglasses 😎 sunny ☀️ sushi 🍣 sweat 😓
sweat_drops 💦 sweat_smile 😅 tada 🎉 tea 🍵 telescope 🔭 test_tube 🧪 thermometer 🌡️
thinking 🤔 thinking_face 🤔 thought_balloon 💭 ticket 🎫 tiger 🐯 timer_clock ⏲️
tired_face 😫 tm ™️ tongue 👅 top 🔝 train 🚋 train2 🚆 triangular_flag_on_post 🚩
triumph 😤 trophy 🏆 truck 🚚 tv 📺 two_hearts 💕 umbrella ☔ umbrella_with_rain_drops ☔
unamused 😒 unlock 🔓 up 🆙 upside_down 🙃 upside_down_face 🙃 us 🇺🇸 v ✌️ vs 🆚
vulcan_salute 🖖 warning ⚠️ wave 👋 wavy_dash 〰️ weary 😩 whale 🐳 whale2 🐋
white_check_mark ✅ white_circle ⚪ white_large_square ⬜ wind_chime 🎐 wine_glass 🍷
wink 😉 wolf 🐺 worried 😟 wrench 🔧 writing_hand ✍️ x ❌ yum 😋 zap ⚡ zipper_mouth_face 🤐
zzz 💤
"""
_WORDS = _LISTED.split()
_CHARACTERS = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_PICTURES = range(0x1F300, 0x1FB00)  # Unicode's pictures: a name outside them is not an emoji's
_TONES = range(2, 7)
_LOOKS = dict.fromkeys([0xFE0F, *range(0x1F3FB, 0x1F400)])


def character(name: str) -> str | None:
    """Return the emoji of a short name without its colons, or None.

    A skin tone may follow as Slack writes it: `wave::skin-tone-2`.
    """
    name, _, tone = name.partition("::skin-tone-")
    found = _CHARACTERS.get(name) or _flag(name) or _by_unicode_name(name)
    if found and len(tone) == 1 and tone.isdecimal() and int(tone) in _TONES:
        return found + chr(0x1F3FB + int(tone) - 2)
    return found


def plain(character: str) -> str:
    """Return an emoji without what only changes its looks: skin tones, the variation selector."""
    return character.translate(_LOOKS)


def _flag(name: str) -> str | None:
    country = name[5:] if name.startswith(("flag-", "flag_")) else ""
    if len(country) != 2 or not (country.isascii() and country.isalpha()):
        return None
    return "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in country.lower())


def _by_unicode_name(name: str) -> str | None:
    if len(name) > 64:
        return None
    try:
        found = unicodedata.lookup(name.replace("_", " ").replace("-", " "))
    except KeyError:
        return None
    return found if len(found) == 1 and ord(found) in _PICTURES else None
