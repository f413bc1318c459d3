"""Names that look like a gene, and genes that look like something else."""

from __future__ import annotations

import pytest

from minex.model import Document, Passage, Sentence
from minex.tagging.tagger import Tagger

# name | a gene that is near | a sentence in which that gene is found | one in which the name is no gene.
# Names that can be both have both sentences in traps.tsv; these are nearly always one of the two.
TABLE = """
TNF | TNF | TNF was released. | The tnf was seen.
NC | - | - | NC cells were the control.
CI | - | - | The 95% CI was wide.
OR | - | - | The OR was 2.1.
HR | HRAS | HRAS was mutated. | The HR was 1.7.
PCR | - | - | PCR was done twice.
TAM | AXL | AXL was blocked. | TAM numbers rose.
III | - | - | A phase III trial was run.
kDa | - | - | A 50 kDa band was seen.
M2 | PKM | PKM was expressed. | M2 cells were found.
C3 | C3 | Complement C3 was measured. | Group C3 was left out.
SD | SDHA | SDHA was lost. | Values are mean and SD.
CA | CA9 | CA9 was induced. | Sigma, CA was the supplier.
GC | GCG | GCG was secreted. | The GC content was high.
PC | PCSK9 | PCSK9 was blocked. | The PC was slow.
April | TNFSF13 | TNFSF13 was cloned. | They came in April and July.
COPD | ARCN1 | ARCN1 was lost. | COPD was diagnosed.
19A | SLAMF7 | SLAMF7 was expressed. | Exon 19A was skipped.
Ca2 | CA2 | CA2 was expressed. | The influx of Ca2+ rose.
Mg2 | MUC7 | MUC7 was expressed. | Mg2+ was added.
Src | SRC | Src was activated. | It has a Src homology 2 domain.
pleckstrin | PLEK | Pleckstrin was phosphorylated. | It has a pleckstrin homology domain.
BCL2 | BCL2 | BCL2 was lost. | It has a BCL2 homology domain.
RANTES | CCL5 | RANTES was secreted. | -
Proc | PROC | PROC was lost. | It is from the Proc Natl Acad Sci.
Comet | - | - | A Comet assay was run.
Western | - | - | Western blot showed it.
Prism | - | - | GraphPad Prism was used.
Temp | - | - | Temp was kept at 37.
Pro | - | - | Image-Pro Plus was used.
MTT | - | - | MTT was added.
CCK8 | CCK | CCK was secreted. | CCK8 was used for viability.
GFP | - | - | GFP was seen.
DAB | DAB2 | DAB2 was lost. | DAB was the dye.
IHC | - | - | IHC was done.
FISH | - | - | FISH showed a fusion.
ChIP | STUB1 | STUB1 was lost. | ChIP was done.
RIP | RIPK1 | RIPK1 was cleaved. | RIP was done.
AML | RUNX1 | RUNX1 was fused. | AML was diagnosed.
ALL | - | - | ALL was cured in children.
CML | - | - | CML was treated.
MM | - | - | MM was diagnosed.
RCC | - | - | RCC was resected.
NPC | NPC1 | NPC1 was lost. | NPC was irradiated.
ESCC | - | - | ESCC was resected.
CRC | - | - | CRC was resected.
PD | - | - | PD was diagnosed in ten patients.
AD | - | - | AD was diagnosed in ten patients.
MS | - | - | It was measured by MS.
UC | - | - | UC was diagnosed.
RA | - | - | RA was diagnosed.
US | - | - | It was made in the US.
AIM | CD5L | CD5L was secreted. | Our aim was simple.
DESPAIR | RHOB | RHOB was lost. | In despair they left.
HOPE | - | - | We hope so.
LAMP | LAMP1 | LAMP1 was seen. | The lamp was lit.
PAPER | - | - | The paper was read.
SIT | SIT1 | SIT1 was lost. | They sit there.
SHOT | - | - | A shot was given.
WISP | CCN4 | CCN4 was lost. | A wisp was seen.
F4/80 | ADGRE1 | - | F4/80 was stained.
Th17 | - | - | Th17 responses differ.
U4A | - | - | The U4A mutation was made.
RITA | RITA1 | RITA1 was bound. | The RITA generator was used.
CEBP | - | - | This is the CEBP Focus section.
HIF1a | HIF1A | HIF1a rose. | -
TNFa | TNF | TNFa was released. | -
IL-1b | IL1B | IL-1b was released. | -
IFN-g | IFNG | IFN-g was released. | -
beta-catenin | CTNNB1 | beta-catenin rose. | -
IL4Rα | IL4R | IL4Rα was bound. | -
NF-κB p65 | RELA | NF-κB p65 was bound. | -
rac1 | RAC1 | Activated rac1 was bound. | -
cdc2 | CDK1 | Active cdc2 was bound. | -
cKit | KIT | cKit was mutated. | -
c-rel | REL | c-rel was bound. | -
hMSH2 | MSH2 | hMSH2 was lost. | -
ZO-1 | TJP1 | ZO-1 was lost. | -
FIH-1 | HIF1AN | FIH-1 was bound. | -
osteoprotegerin | TNFRSF11B | Osteoprotegerin was secreted. | -
stem cell factor | KITLG | Stem cell factor was added. | -
CRF | CRH | - | The CRF-binding protein was lost.
"""
ROWS = [tuple(part.strip() for part in line.split(" | ")) for line in TABLE.strip().splitlines()]
GENES = [(name, symbol, sentence) for name, symbol, sentence, _ in ROWS if sentence != "-"]
TRAPS = [(name, sentence) for name, *_, sentence in ROWS if sentence != "-"]


@pytest.fixture(scope="module")
def tagger():
    return Tagger()


def genes(tagger, sentence):
    """Return the genes of a sentence: text and name."""
    mentions = tagger.tag(Document("text:1", (Passage(sentence),)), [Sentence(0, len(sentence))])
    return [(m.text, m.name) for m in mentions if m.type in ("GENE", "LNCRNA") and m.concepts]


@pytest.mark.parametrize(("name", "symbol", "sentence"), GENES, ids=[name for name, *_ in GENES])
def test_the_name_is_a_gene_where_it_is_spoken_of_as_one(tagger, name, symbol, sentence):
    assert symbol in [found for _, found in genes(tagger, sentence)]


@pytest.mark.parametrize(("name", "sentence"), TRAPS, ids=[name for name, _ in TRAPS])
def test_the_same_letters_are_no_gene_where_they_mean_something_else(tagger, name, sentence):
    assert [text for text, _ in genes(tagger, sentence) if text.lower() == name.lower()] == []
