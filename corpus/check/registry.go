package check

import (
	"slices"
	"sync"
)

// registry lists the checks of single units in the order of the manual.
var registry = []*Check{
	numberScale, numberChanged, numberMissing, numberAdded, numberFormat,
	unitChanged, dateBareDay, dateFestival, idChanged,
	unitLeftOut, unitAdded, leftoverEmpty, leftoverSame, leftoverCJK, leftoverFullwidth,
	repeatWord, repeatCoord, repeatLoop, repeatHead, repeatVerb,
	sentenceFragment, sentenceDigitStart, sentenceSplit, sentenceSplice, sentenceLower, sentenceNoEnd, sentenceCount,
	namePinyin, titlePlain, lengthRatio, negationLost, phraseCalque, termViolation,
	textHidden, pairQuote, pairBracket, spaceDouble, spacePunct, articleAn, spellMisspelt, styleLong,
}

// documents lists the checks of whole documents.
var documents = []*Check{
	figureRepeated, figureTwin, segmentInconsistent, segmentReused, subjectMissing,
	headingStyle, quoteCase, quoteMixed, termVariant,
}

// All returns all checks, those of single units first, in the order of the
// manual. The slice is the caller's own. Run takes of it the checks of units,
// RunDocument those of documents.
func All() []*Check { return slices.Concat(registry, documents) }

// ByID returns the check with the given id.
func ByID(id string) (*Check, bool) {
	for _, c := range All() {
		if c.ID == id {
			return c, true
		}
	}
	return nil, false
}

var messages = sync.OnceValue(func() map[string]map[string]Words {
	m := map[string]map[string]Words{}
	for _, c := range All() {
		m[c.ID] = c.Messages
	}
	return m
})
