package segmenter

// A Rule is the reason why a sentence ends at a place, or why it does not.
type Rule uint8

// The rules. Those up to RuleBlockEnd end a sentence; the others hold a
// candidate back.
const (
	RuleNone Rule = iota
	// Rules that end a sentence.
	RuleStop
	RuleStopMark
	RuleStopQuote
	RuleStopGlued
	RuleAbbreviationStarter
	RuleInitialStarter
	RuleEllipsisEnd
	RuleNote
	RuleListItem
	RuleLowerStart
	RuleBlockEnd
	// Rules that hold a candidate back.
	RuleAbbreviation
	RuleAbbreviationNumber
	RuleInitial
	RuleInitialism
	RuleNumber
	RuleOrdinal
	RuleEnumerator
	RuleGlued
	RuleLower
	RuleContinued
	RuleBracket
	RuleTitle
	RuleQuotation
	RuleAfterQuotation
	RuleEllipsis
	RuleName
	RuleDamage
	numRules
)

var rules = [numRules]struct{ id, doc string }{
	RuleNone:                {"none", "no candidate"},
	RuleStop:                {"stop", "a full stop after an ordinary word ends the sentence"},
	RuleStopMark:            {"stop-mark", "a question mark, exclamation mark or ideographic full stop ends the sentence"},
	RuleStopQuote:           {"stop-quote", "a stop inside a closing quotation mark or bracket ends the sentence"},
	RuleStopGlued:           {"stop-glued", "a stop without white space after it, between two words that cannot be one"},
	RuleAbbreviationStarter: {"abbreviation-starter", "an abbreviation that can end a sentence, before a word that starts one"},
	RuleInitialStarter:      {"initial-starter", "a single letter, before a word that starts a sentence"},
	RuleEllipsisEnd:         {"ellipsis-end", "an ellipsis that ends the sentence"},
	RuleNote:                {"note", "the number of a note follows the stop and stays with its sentence"},
	RuleListItem:            {"list-item", "the next item of a list that runs on in one line"},
	RuleLowerStart:          {"lower-start", "a stop after an ordinary word, before a sentence that starts in lower case"},
	RuleBlockEnd:            {"block-end", "the block ends"},
	RuleAbbreviation:        {"abbreviation", "the full stop belongs to an abbreviation"},
	RuleAbbreviationNumber:  {"abbreviation-number", "the full stop belongs to an abbreviation before a number"},
	RuleInitial:             {"initial", "the full stop belongs to the initial of a name"},
	RuleInitialism:          {"initialism", "the full stop belongs to letters that stand for words"},
	RuleNumber:              {"number", "the mark is part of a number, a date or a version"},
	RuleOrdinal:             {"ordinal", "the full stop makes an ordinal number"},
	RuleEnumerator:          {"enumerator", "the mark belongs to the number or letter of a list item or article"},
	RuleGlued:               {"glued", "the mark stands inside an address, a file name or a word"},
	RuleLower:               {"lower", "the next word is in lower case: the sentence goes on"},
	RuleContinued:           {"continued", "a comma, semicolon, colon or dash follows: the sentence goes on"},
	RuleBracket:             {"bracket", "the stop stands inside brackets within a sentence"},
	RuleTitle:               {"title", "the stop stands inside title marks"},
	RuleQuotation:           {"quotation", "the stop stands inside a quotation that is kept whole"},
	RuleAfterQuotation:      {"after-quotation", "the sentence goes on after the quotation that ends here"},
	RuleEllipsis:            {"ellipsis", "an ellipsis inside a sentence"},
	RuleName:                {"name", "the mark is part of a name"},
	RuleDamage:              {"damage", "a question mark that stands for a lost name dot"},
}

// String returns the stable id of the rule, in kebab case.
func (r Rule) String() string {
	if r < numRules {
		return rules[r].id
	}
	return "unknown"
}

// Doc returns one line about the rule for people.
func (r Rule) Doc() string {
	if r < numRules {
		return rules[r].doc
	}
	return ""
}

// breaks reports whether the rule ends a sentence.
func (r Rule) breaks() bool { return RuleNone < r && r <= RuleBlockEnd }
