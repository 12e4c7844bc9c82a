package quantity

import (
	"golang.org/x/text/language"
)

// Span is a half-open range [Start, End) of bytes in the text that was read.
type Span struct{ Start, End int }

// Kind says what a quantity counts. Two quantities of different kinds may be
// the same number and yet not the same quantity: 40 % is not 40.
type Kind uint8

// The kinds. A Clock's value is in minutes after midnight; a Share's is the
// share itself (12.5 % is 0.125, and so is one eighth), and so is a Points'.
const (
	Cardinal   Kind = iota // 331, 33.684 million, 三千
	Ordinal                // 第十九, 19th
	Share                  // 12.5%, 四成, 八折, two-thirds
	Points                 // 3.2个百分点, 3.2 percentage points
	Multiple               // 3倍, 翻一番, threefold, doubled
	Year                   // 2022年
	Decade                 // 90年代, the 1990s
	Century                // 20世纪, the 20th century
	Month                  // 3月, March
	Day                    // 31日, March 31
	Clock                  // 19时54分, 7:54 p.m.
	Identifier             // S-400, H5N6, 5G
)

var kindNames = [...]string{"cardinal", "ordinal", "share", "points", "multiple", "year", "decade", "century", "month", "day", "clock", "identifier"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Form is how a quantity is written; a fix follows it.
type Form uint8

// The forms.
const (
	Plain   Form = iota // 2285
	Grouped             // 2,285
	Scaled              // 2.3 million, 230万
	Spelt               // two thousand, 两千
)

// Quantity is one number in a text with what it counts.
type Quantity struct {
	Span   Span    // the whole expression, its unit included: "RM476.5 billion", "3.2个百分点"
	Number Span    // the figure alone with its scale word: "476.5 billion", "3.2"
	Value  Value   // what it says; invalid for some identifiers
	Also   []Value // further readings that are as right: 增长3倍 is 3 and 4 times; 一万六七 is 16,000 and 17,000
	Kind   Kind
	Unit   string // key of a unit of measure or currency ("kg", "jin", "usd"), or ""
	Form   Form
	Approx bool   // 多, 余, 约, about, more than
	Strong bool   // surely a quantity; a weak one (一 in 一起, "one" in "one of") never has to be matched
	ID     string // an Identifier's letters and digits, in capitals, without blanks and hyphens
}

// Append appends the quantities of text in order of their place to dst and
// returns it. Chinese and English are read in full; of other languages the
// plain figures. Spans never overlap, except that a phrase such as 十四五 stands
// for two quantities at the same place.
func Append(dst []Quantity, text string, tag language.Tag) []Quantity {
	base, _ := tag.Base()
	switch base.String() {
	case "zh":
		return appendChinese(dst, text)
	case "en":
		return appendEnglish(dst, text)
	}
	return appendFigures(dst, text)
}

// is reports whether one of q's readings is v.
func (q *Quantity) is(v Value) bool {
	if q.Value == v {
		return true
	}
	for _, also := range q.Also {
		if also == v {
			return true
		}
	}
	return false
}

// readings calls yield with each reading of q until it returns false.
func (q *Quantity) readings(yield func(Value) bool) {
	if q.Value.Valid() && !yield(q.Value) {
		return
	}
	for _, v := range q.Also {
		if v.Valid() && !yield(v) {
			return
		}
	}
}
