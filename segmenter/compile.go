package segmenter

import "strings"

// compile reads data/NAME.txt. A file has sections, each begun by a line
// [name], of words that white space separates; # begins a comment. Words of
// several parts are written with _ for the space. Section names:
//
//	include         files whose words are taken over first
//	always          abbreviations that never end a sentence
//	before-number   ... that are ones only before a number
//	unless-starter  ... that end a sentence only before a starter
//	time            times of day
//	suffixes        ends of compounds that are abbreviations before a number
//	turns           first characters of a sentence after somebody broke off
//	persons         titles that begin a sentence after an abbreviation that can end one
//	zones           capitalised words that go with a time of day
//	weak            ... that end a sentence before any capital
//	units           ... that do so behind a number, and never end one else
//	starters        words that start a sentence
//	heads           words whose number heads a sentence
//	pronouns        single capital letters that are words
//	speech          verbs that report speech
//	continuers      words that go on after a quotation, of one or two characters
//	answers         ... after one that ends in ? or !
//	stops           further ASCII characters that are stops
//	pauses          ASCII stops that are none in this language
//	style           switches: ordinal-dot, keep-quotes, lower-starts
func compile(name string) *Profile {
	p := &Profile{
		table:      classTable(),
		abbr:       abbreviations{folded: make(map[string]abbreviationKind), exact: make(map[string]abbreviationKind)},
		starters:   make(map[string]bool),
		heads:      make(map[string]bool),
		pronouns:   make(map[string]bool),
		speech:     make(map[string]bool),
		continuers: make(map[string]bool),
		answers:    make(map[string]bool),
		turns:      make(map[string]bool),
		persons:    make(map[string]bool),
		zones:      make(map[string]bool),
	}
	copy(p.ascii[:], p.table[:])
	p.read(name)
	p.heat()
	return p
}

var kinds = map[string]abbreviationKind{
	"always": always, "before-number": beforeNumber, "unless-starter": unlessStarter, "time": timeOfDay, "weak": weak, "units": unit,
}

func (p *Profile) read(name string) {
	data, err := files.ReadFile("data/" + name + ".txt")
	if err != nil {
		return // a test sees to it that every included file is there
	}
	section := ""
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			section = strings.Trim(line, "[]")
			continue
		}
		for w := range strings.FieldsSeq(line) {
			p.add(section, w)
		}
	}
}

func (p *Profile) add(section, w string) {
	switch section {
	case "include":
		p.read(w)
	case "starters":
		p.starters[w] = true
	case "heads":
		p.heads[w] = true
	case "pronouns":
		p.pronouns[w] = true
	case "speech":
		p.speech[w] = true
	case "continuers":
		p.continuers[w] = true
	case "answers":
		p.answers[w] = true
	case "turns":
		p.turns[w] = true
	case "suffixes":
		p.abbr.suffixes = append(p.abbr.suffixes, w)
	case "persons":
		p.persons[w] = true
	case "zones":
		p.zones[w] = true
	case "stops":
		p.ascii[w[0]] = classStrong
	case "pauses":
		p.ascii[w[0]] = classComma
	case "style":
		p.ordinalDot = p.ordinalDot || w == "ordinal-dot"
		p.keepQuotes = p.keepQuotes || w == "keep-quotes"
		p.lowerStarts = p.lowerStarts || w == "lower-starts"
	default:
		set := p.abbr.folded
		if strings.ToLower(w) != w {
			set = p.abbr.exact
		}
		set[w] = kinds[section]
	}
}

// heat marks the bytes at which the scanner has to decode.
func (p *Profile) heat() {
	p.hot = leadBytes()
	for b, c := range p.ascii {
		p.hot[b] = c.isMark()
	}
}
