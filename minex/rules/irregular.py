"""What no rule of inflection gives: irregular forms, and stems whose spelling misleads."""

from __future__ import annotations

_VERBS = """
be am is are was were been being 's 're 'm; have has had having 've; do does did done; go goes went gone;
become became; begin began begun; bind bound; break broke broken; bring brought; build built; choose chose
chosen; come came; die dying; draw drew drawn; drive drove driven; fall fell fallen; feed fed; find found;
freeze froze frozen; get got gotten; give gave given; grow grew grown; hold held; keep kept; know knew
known; lead led; leave left; lie lying; underlie underlying underlay; overlie overlying; mimic mimicked
mimicking; lose lost; make made; mean meant; meet met; overcome overcame; prove proven; undertake undertook
undertaken; rise rose risen; run ran; say said; see saw seen; seek sought; send sent; show shown; shrink
shrank shrunk; spend spent; spin spun; split splitting; stand stood; stick stuck; take took taken; tell
told; think thought; undergo underwent undergone undergoes; understand understood; withdraw withdrew
withdrawn; write wrote written; dye dyed; add added adding; bear bore borne; eat ate eaten
"""
_NOUNS = """
mouse mice; man men; woman women; child children; foot feet; tooth teeth; life lives; half halves; knife
knives; leaf leaves; datum data; criterion criteria; phenomenon phenomena; mitochondrion mitochondria;
bacterium bacteria; medium media; matrix matrices; index indices; appendix appendices; axis axes; species
species; series series; means means; apparatus apparatus; caveola caveolae; purpose purposes; overdose
overdoses; kinetics kinetics; terminus termini; fungus fungi
"""
_OTHER = """
not n't; good better; good best; bad worse; bad worst; low lower; low lowest; will 'll; can ca; will wo
"""


def _table(text: str) -> dict[str, str]:
    """Return each form with its base, which stands first."""
    entries = (entry.split() for entry in text.replace("\n", " ").split(";"))
    return {form: base for base, *forms in entries for form in forms}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VERBS = _table(_VERBS)
NOUNS = _table(_NOUNS)
OTHER = _table(_OTHER)

# Stems that lost an e before *-ing* or *-ed*, or did not, against what their endings let expect.
WITH_E = _words("""
adher agre bit cit clon cohere compet compil complet cop cor core delet deplet di escap excit excret
explor fil fre fuel genotyp guarante hop ignit ignor imped inhal interfer interven invit phenotyp
postpon preced prob profil restor reus rul scal schedul schem scor secret shap stor styl subtyp
supersed ti tun typ unit us whit writ
""")
WITHOUT_E = _words("""
bang beat bias cheat coat combat defeat eat exit float focus format gas hang heat input method
output pilot pivot pretreat repeat retreat seat sweat treat
""")
