package sample

// Term is an entry of the demo's glossary.
type Term struct {
	Source    string
	Target    string   // the word to use
	Forbidden []string // words that are not to be used
	Subject   string
	Note      string
}

// Terms returns the glossary that the demo's people agreed on. Two of its entries
// are broken by the machine translation of the briefing.
func Terms() []Term {
	return []Term{
		{Source: "河长制", Target: "river chief system", Forbidden: []string{"river leader system", "river length system", "riverman system"}, Subject: "water",
			Note: "One official answers for each river; the word is the same at all levels."},
		{Source: "采砂", Target: "sand mining", Subject: "water"},
		{Source: "公益性岗位", Target: "public welfare job", Forbidden: []string{"public welfare post"}, Subject: "employment"},
	}
}
