"""The content models of ECMA-376 Part 1, chapter 18, for the elements that annotating writes or stands beside.

One line per element: attributes (``!`` required) and, behind the bar, its children in their order (``?`` optional,
``*`` any number, ``+`` at least one, ``|name`` in any order). What no line names is not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_FONT = "|b |i |strike |condense |extend |outline |shadow |u |vertAlign |sz |color |family |charset |scheme"
_SHEET = """
worksheet: | sheetPr? dimension? sheetViews? sheetFormatPr? cols* sheetData sheetCalcPr? sheetProtection?
 protectedRanges? scenarios? autoFilter? sortState? dataConsolidate? customSheetViews? mergeCells? phoneticPr?
 conditionalFormatting* dataValidations? hyperlinks? printOptions? pageMargins? pageSetup? headerFooter? rowBreaks?
 colBreaks? customProperties? cellWatches? ignoredErrors? smartTags? drawing? legacyDrawing? legacyDrawingHF?
 drawingHF? picture? oleObjects? controls? webPublishItems? tableParts? extLst?
sheetPr: syncHorizontal syncVertical syncRef transitionEvaluation transitionEntry published codeName filterMode
 enableFormatConditionsCalculation | tabColor? outlinePr? pageSetUpPr?
pageSetUpPr: autoPageBreaks fitToPage |
dimension: ref! |
sheetViews: | sheetView+ extLst?
sheetView: windowProtection showFormulas showGridLines showRowColHeaders showZeros rightToLeft tabSelected showRuler
 showOutlineSymbols defaultGridColor showWhiteSpace view topLeftCell colorId zoomScale zoomScaleNormal
 zoomScaleSheetLayoutView zoomScalePageLayoutView workbookViewId! | pane? selection* pivotSelection* extLst?
pane: xSplit ySplit topLeftCell activePane state |
selection: pane activeCell activeCellId sqref |
sheetFormatPr: baseColWidth defaultColWidth defaultRowHeight! customHeight zeroHeight thickTop thickBottom
 outlineLevelRow outlineLevelCol |
cols: | col+
col: min! max! width style hidden bestFit customWidth phonetic outlineLevel collapsed |
sheetData: | row*
row: r spans s customFormat ht hidden customHeight outlineLevel collapsed thickTop thickBot ph | c* extLst?
c: r s t cm vm ph | f? v? is? extLst?
f: t aca ref dt2D dtr del1 del2 r1 r2 ca si bx |
v: space |
sheetProtection: password algorithmName hashValue saltValue spinCount sheet objects scenarios formatCells formatColumns
 formatRows insertColumns insertRows insertHyperlinks deleteColumns deleteRows selectLockedCells sort autoFilter
 pivotTables selectUnlockedCells |
autoFilter: ref | filterColumn* sortState? extLst?
mergeCells: count | mergeCell+
mergeCell: ref! |
conditionalFormatting: pivot sqref | cfRule+ extLst?
cfRule: type dxfId priority! stopIfTrue aboveAverage percent bottom operator text timePeriod rank stdDev
 equalAverage | formula* colorScale? dataBar? iconSet? extLst?
dataValidations: disablePrompts xWindow yWindow count | dataValidation+
dataValidation: type errorStyle imeMode operator allowBlank showDropDown showInputMessage showErrorMessage errorTitle
 error promptTitle prompt sqref! | formula1? formula2?
hyperlinks: | hyperlink+
hyperlink: ref! id location tooltip display |
printOptions: horizontalCentered verticalCentered headings gridLines gridLinesSet |
pageMargins: left! right! top! bottom! header! footer! |
pageSetup: paperSize paperHeight paperWidth scale firstPageNumber fitToWidth fitToHeight pageOrder orientation
 usePrinterDefaults blackAndWhite draft cellComments useFirstPageNumber errors horizontalDpi verticalDpi copies id |
headerFooter: differentOddEven differentFirst scaleWithDoc alignWithMargins | oddHeader? oddFooter? evenHeader?
 evenFooter? firstHeader? firstFooter?
rowBreaks: count manualBreakCount | brk*
colBreaks: count manualBreakCount | brk*
brk: id min max man pt |
ignoredErrors: | ignoredError+ extLst?
ignoredError: sqref! evalError twoDigitTextYear numberStoredAsText formula formulaRange unlockedFormula
 emptyCellReference listDataValidation calculatedColumn |
drawing: id! |
legacyDrawing: id! |
legacyDrawingHF: id! |
picture: id! |
tableParts: count | tablePart*
tablePart: id! |
is: | t? r* rPh* phoneticPr?
r: | rPr? t
t: space |
"""
_WORKBOOK = """
workbook: conformance | fileVersion? fileSharing? workbookPr? workbookProtection? bookViews? sheets functionGroups?
 externalReferences? definedNames? calcPr? oleSize? customWorkbookViews? pivotCaches? smartTagPr? smartTagTypes?
 webPublishing? fileRecoveryPr* webPublishObjects? extLst?
bookViews: | workbookView+
workbookView: visibility minimized showHorizontalScroll showVerticalScroll showSheetTabs xWindow yWindow windowWidth
 windowHeight tabRatio firstSheet activeTab autoFilterDateGrouping | extLst?
sheets: | sheet+
sheet: name! sheetId! state id! |
definedNames: | definedName*
definedName: name! comment customMenu description help statusBar localSheetId hidden function vbProcedure xlm
 functionGroupId shortcutKey publishToServer workbookParameter xml:space |
"""
_STYLES = f"""
styleSheet: | numFmts? fonts? fills? borders? cellStyleXfs? cellXfs? cellStyles? dxfs? tableStyles? colors? extLst?
numFmts: count | numFmt*
numFmt: numFmtId! formatCode! |
fonts: count | font*
font: | |name {_FONT}
fills: count | fill*
fill: | |patternFill |gradientFill
patternFill: patternType | fgColor? bgColor?
borders: count | border*
border: diagonalUp diagonalDown outline | start? end? left? right? top? bottom? diagonal? vertical? horizontal?
left: style | color?
right: style | color?
top: style | color?
bottom: style | color?
diagonal: style | color?
vertical: style | color?
horizontal: style | color?
color: auto indexed rgb theme tint |
fgColor: auto indexed rgb theme tint |
bgColor: auto indexed rgb theme tint |
cellStyleXfs: count | xf+
cellXfs: count | xf+
xf: numFmtId fontId fillId borderId xfId quotePrefix pivotButton applyNumberFormat applyFont applyFill applyBorder
 applyAlignment applyProtection | alignment? protection? extLst?
alignment: horizontal vertical textRotation wrapText indent relativeIndent justifyLastLine shrinkToFit readingOrder |
protection: locked hidden |
cellStyles: count | cellStyle+
dxfs: count | dxf*
dxf: | font? numFmt? fill? alignment? border? protection? extLst?
"""
_COMMENTS = f"""
comments: | authors commentList extLst?
authors: | author*
author: space |
commentList: | comment*
comment: ref! authorId! guid shapeId | text commentPr?
text: | t? r* rPh* phoneticPr?
r: | rPr? t
rPr: | |rFont {_FONT}
t: space |
"""


class Model(NamedTuple):
    """What an element may carry; ``children`` as (name, least, most), ``ordered`` whether in that order."""

    attributes: frozenset[str]
    required: frozenset[str]
    children: tuple[tuple[str, int, int], ...]
    ordered: bool


def _read(text: str) -> dict[str, Model]:
    models = {}
    for line in re.sub(r"\n ", " ", text).strip().splitlines():
        name, rest = line.split(":", 1)
        attributes, bar, children = rest.partition("|")
        assert bar, line
        words = attributes.replace("xml:", "").split()
        kinds = []
        for word in children.split():
            least = 0 if word[-1] in "?*" or word[0] == "|" else 1
            kinds.append((word.strip("|?*+"), least, 10**9 if word[-1] in "*+" else 1))
        models[name] = Model(
            frozenset(word.strip("!") for word in words),
            frozenset(word[:-1] for word in words if word.endswith("!")),
            tuple(kinds),
            "|" not in children,
        )
    return models


MODELS = {
    "worksheet": _read(_SHEET),
    "workbook": _read(_WORKBOOK),
    "styleSheet": _read(_STYLES),
    "comments": _read(_COMMENTS),
}


def local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def faults(root: etree._Element) -> Iterator[str]:
    """What is not as the schema asks in a worksheet, workbook, styles or comments part."""
    models = MODELS.get(local(root))
    if models is None:
        yield f"<{local(root)}> is no part that is known here"
        return
    ignorable: set[str] = set()
    todo = [root]
    while todo:
        element = todo.pop()
        if names := element.get(f"{{{COMPATIBILITY}}}Ignorable"):
            unknown = [prefix for prefix in names.split() if prefix not in element.nsmap]
            yield from (f"mc:Ignorable names {prefix}, which is not declared" for prefix in unknown)
            ignorable |= {element.nsmap[prefix] for prefix in names.split() if prefix in element.nsmap}
        model = models.get(local(element))
        if model is None:
            continue
        yield from _attribute_faults(element, model, ignorable)
        if len(element) or model.children:
            children = [child for child in _seen(element) if etree.QName(child).namespace not in ignorable]
            yield from _order_faults(element, model, children)
            todo += [child for child in reversed(children) if etree.QName(child).namespace in MAIN]


def _seen(element: etree._Element) -> Iterator[etree._Element]:
    """The child elements; of alternatives what the first one holds that is of the schema."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if etree.QName(child).namespace == COMPATIBILITY:
            inner = [item for choice in child for item in choice if isinstance(item.tag, str)]
            yield from (item for item in inner[:1] if etree.QName(item).namespace in MAIN)
        else:
            yield child


def _attribute_faults(element: etree._Element, model: Model, ignorable: set[str]) -> Iterator[str]:
    known = {
        etree.QName(name).localname
        for name in element.attrib
        if etree.QName(name).namespace not in ignorable | {COMPATIBILITY}
    }
    yield from (f"<{local(element)}> has an attribute {name}" for name in sorted(known - model.attributes))
    yield from (f"<{local(element)}> lacks its attribute {name}" for name in sorted(model.required - known))


def _order_faults(element: etree._Element, model: Model, children: list[etree._Element]) -> Iterator[str]:
    names = [local(child) for child in children]
    ranks = {name: rank for rank, (name, _, _) in enumerate(model.children)}
    yield from (f"<{local(element)}> holds <{name}>" for name in sorted(set(names) - set(ranks)))
    for name, least, most in model.children:
        if not least <= names.count(name) <= most:
            yield f"<{local(element)}> holds {names.count(name)} <{name}>"
    order = [ranks[name] for name in names if name in ranks]
    if model.ordered and order != sorted(order):
        yield f"<{local(element)}> holds its children out of order"
