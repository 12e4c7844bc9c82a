package exchange

import (
	"strconv"

	"github.com/reviseur/reviseur/corpus"
)

// itsType is the type of quality issue (ITS 2.0, appendix C) nearest to a
// category.
func itsType(c corpus.Category) string {
	for _, t := range itsTable {
		if t.category == c {
			return t.its
		}
	}
	return "other"
}

// categoryOfITS is the category nearest to a type of quality issue.
func categoryOfITS(its string) corpus.Category {
	for _, t := range itsTable {
		if t.its == its {
			return t.category
		}
	}
	return corpus.Mechanics
}

// itsTable pairs both; where several rows have one type, the first is meant on
// the way back. The rows below the line are for the way back alone.
var itsTable = []struct {
	category corpus.Category
	its      string
}{
	{corpus.Mistranslation, "mistranslation"},
	{corpus.NumberUnit, "numbers"},
	{corpus.Omission, "omission"},
	{corpus.Addition, "addition"},
	{corpus.Untranslated, "untranslated"},
	{corpus.Garbled, "uncategorized"},
	{corpus.WrongTerm, "terminology"},
	{corpus.InconsistentTerm, "inconsistency"},
	{corpus.NameTitle, "inconsistent-entities"},
	{corpus.Grammar, "grammar"},
	{corpus.Awkward, "style"},
	{corpus.Mechanics, "typographical"},
	{corpus.SourceIssue, "other"},
	{corpus.NeedsSource, "other"},
	// —
	{corpus.Addition, "duplication"},
	{corpus.Awkward, "register"},
	{corpus.Mistranslation, "legal"},
}

const mqmAddress = "https://themqm.org/mqm-core#"

// ITS counts severities from 0 to 100.
var itsSeverities = [...]string{corpus.Neutral: "0", corpus.Minor: "10", corpus.Major: "50", corpus.Critical: "100"}

// severityOfITS reads a severity that another program may have chosen. Where
// there is none it is minor.
func severityOfITS(s string) corpus.Severity {
	v, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil:
		return corpus.Minor
	case v < 5:
		return corpus.Neutral
	case v < 30:
		return corpus.Minor
	case v < 80:
		return corpus.Major
	}
	return corpus.Critical
}

// issueAttributes are the attributes of a flag as a quality issue; prefix is
// "its:" on a mark.
func issueAttributes(prefix string, f corpus.Flag, enabled bool) []string {
	on := "yes"
	if !enabled {
		on = "no"
	}
	comment := f.Note
	if comment == "" {
		comment = string(f.Category)
	}
	return []string{
		prefix + "locQualityIssueType", itsType(f.Category), prefix + "locQualityIssueSeverity", itsSeverities[min(f.Severity, corpus.Critical)],
		prefix + "locQualityIssueComment", comment, prefix + "locQualityIssueProfileRef", mqmAddress + f.Category.MQM(), prefix + "locQualityIssueEnabled", on,
	}
}
