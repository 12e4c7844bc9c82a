package corpus

// Span is a half-open range [Start, End) of bytes in a logical text. It always
// lies on borders of code points.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Empty reports whether the span holds nothing; an empty span marks a place.
func (s Span) Empty() bool { return s.Start >= s.End }

// Fix is a replacement that would remove a finding's cause: the span of the
// target text becomes Text.
type Fix struct {
	Span Span   `json:"span"`
	Text string `json:"text"`
}

// Finding is what a check computed about one unit. It is never scored and
// never counted as a flag; a person who confirms it makes a Flag of it.
type Finding struct {
	Check    string   // stable kebab-case id with its group: "number.scale"
	Category Category // the preset word a flag made of it would carry
	Severity Severity
	Message  string   // id of a message of the check's own catalogue
	Args     []string // what the message's verbs stand for, in order
	Source   []Span   // in the unit's source text
	Target   []Span   // in the revision's text; an empty span marks where something is missing
	Fix      *Fix     // nil where no replacement is certain enough
	Key      string   // hash of check, evidence and texts; a dismissal refers to it
}
