package exchange

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/reviseur/reviseur/corpus"
)

// mqmFormat is the table of errors that the metrics task of WMT publishes and
// that Marot reads: one line for each error that a rater saw in a segment.
var mqmFormat = Format{ID: "mqm", Title: titleMQM, Extensions: []string{".tsv"}, claims: claimsMQM, write: writeMQM, restore: restoreMQM}

const titleMQM = "MQM TSV"

// mqmColumns are the columns in the order in which they go out, with the names
// under which older tables have them, in lower case.
var mqmColumns = []struct {
	name string
	also []string
}{
	mqmSystem:   {"system", nil},
	mqmDoc:      {"doc", []string{"document", "docid"}},
	mqmDocSeg:   {"docSegId", []string{"doc_id", "doc_seg_id"}},
	mqmSeg:      {"globalSegId", []string{"seg_id", "segid", "global_seg_id", "segment_id"}},
	mqmRater:    {"rater", []string{"annotator"}},
	mqmSource:   {"source", []string{"src"}},
	mqmTarget:   {"target", []string{"tgt", "hyp"}},
	mqmCategory: {"category", []string{"type"}},
	mqmSeverity: {"severity", nil},
	mqmMeta:     {"metadata", nil},
}

const (
	mqmSystem = iota
	mqmDoc
	mqmDocSeg
	mqmSeg
	mqmRater
	mqmSource
	mqmTarget
	mqmCategory
	mqmSeverity
	mqmMeta
)

// mqmColumn returns which column a name means, -1 for none.
func mqmColumn(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	for i, c := range mqmColumns {
		if name == strings.ToLower(c.name) {
			return i
		}
		for _, a := range c.also {
			if name == a {
				return i
			}
		}
	}
	return -1
}

// claimsMQM reports whether a table looks like one of MQM: by its header, or by
// nine or ten columns.
func claimsMQM(raw []byte) bool {
	first, _, _ := bytes.Cut(bytes.TrimPrefix(raw, []byte("\uFEFF")), []byte("\n"))
	cells := strings.Split(strings.TrimRight(string(first), "\r"), "\t")
	known := 0
	for _, c := range cells {
		if mqmColumn(c) >= 0 {
			known++
		}
	}
	return known >= 5 || len(cells) == len(mqmColumns) || len(cells) == len(mqmColumns)-1
}

// The marks around the passage of an error, and what stands for a segment
// without one.
const (
	mqmOpen, mqmClose = "<v>", "</v>"
	mqmNone           = "no-error"
)

// mqmMetadata is the last column. Fields of other programs are not kept.
type mqmMetadata struct {
	Timestamp   int64        `json:"timestamp,omitempty"` // milliseconds
	Note        string       `json:"note,omitempty"`
	Corrected   string       `json:"corrected_translation,omitempty"`
	Marked      string       `json:"marked_text,omitempty"`
	Segment     *mqmSegment  `json:"segment,omitempty"`
	SourceSpans [][2]int     `json:"source_spans,omitempty"` // token indices, both inclusive
	TargetSpans [][2]int     `json:"target_spans,omitempty"`
	Deleted     []mqmDeleted `json:"deleted_errors,omitempty"`
	// Machine is the machine's wording, where the target is another one.
	Machine string `json:"machine_translation,omitempty"`
}

type mqmSegment struct {
	Raw          bool     `json:"raw,omitempty"` // the texts hold the marks as words of their own
	SourceTokens []string `json:"source_tokens,omitempty"`
	TargetTokens []string `json:"target_tokens,omitempty"`
}

// mqmDeleted is an error that somebody dismissed.
type mqmDeleted struct {
	Category string `json:"category"`
	Severity string `json:"severity"`
	Rater    string `json:"rater"`
	Marked   string `json:"marked_text,omitempty"`
}

func (m mqmMetadata) String() string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return "{}" // strings and numbers always encode
	}
	return strings.TrimRight(b.String(), "\n")
}

// mqmLabels are names of errors that other raters use, by how mqmLabel writes
// them, with the nearest category. A name of which none is listed is looked up by
// its first half.
var mqmLabels = map[string]corpus.Category{
	"accuracy":                                    corpus.Mistranslation,
	"accuracy/omission":                           corpus.Omission,
	"accuracy/addition":                           corpus.Addition,
	"accuracy/creative-reinterpretation":          corpus.Addition,
	"accuracy/untranslated-text":                  corpus.Untranslated,
	"accuracy/source-language-fragment":           corpus.Untranslated,
	"accuracy/do-not-translate":                   corpus.Untranslated,
	"accuracy/gender-mismatch":                    corpus.Mistranslation,
	"fluency":                                     corpus.Grammar,
	"fluency/spelling":                            corpus.Mechanics,
	"fluency/punctuation":                         corpus.Mechanics,
	"fluency/character-encoding":                  corpus.Mechanics,
	"fluency/display":                             corpus.Mechanics,
	"fluency/inconsistency":                       corpus.InconsistentTerm,
	"fluency/register":                            corpus.Awkward,
	"fluency/unintelligible":                      corpus.Garbled,
	"fluency/nonsense":                            corpus.Garbled,
	"linguistic-conventions":                      corpus.Grammar,
	"linguistic":                                  corpus.Grammar,
	"linguistic/spelling":                         corpus.Mechanics,
	"linguistic/character-encoding":               corpus.Mechanics,
	"style":                                       corpus.Awkward,
	"terminology":                                 corpus.WrongTerm,
	"terminology/inconsistent":                    corpus.InconsistentTerm,
	"terminology/inconsistent-with-resource":      corpus.WrongTerm,
	"terminology/inconsistent-use-of-terminology": corpus.InconsistentTerm,
	"locale-convention":                           corpus.Mechanics,
	"locale-convention/number-format":             corpus.NumberUnit,
	"locale-convention/currency-format":           corpus.NumberUnit,
	"locale-convention/measurement-format":        corpus.NumberUnit,
	"locale-convention/date-format":               corpus.NumberUnit,
	"locale-convention/name-format":               corpus.NameTitle,
	"locale-conventions":                          corpus.Mechanics,
	"non-translation":                             corpus.Garbled,
	"source-error":                                corpus.SourceIssue,
	"source-issue":                                corpus.SourceIssue,
	"source":                                      corpus.SourceIssue,
	"design":                                      corpus.Mechanics,
	"verity":                                      corpus.Mistranslation,
	"audience-appropriateness":                    corpus.Awkward,
}

// mqmLabel writes a name of an error as the table has it: in lower case, without
// blanks.
func mqmLabel(s string) string {
	s = strings.ToLower(strings.TrimRight(strings.TrimSpace(s), "!"))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '_' || r == '-' }), "-")
}

// categoryOfMQM returns the category nearest to a name of an error, and whether
// the name says just that.
func categoryOfMQM(name string) (c corpus.Category, exact bool) {
	label := mqmLabel(name)
	for _, c := range corpus.Categories() {
		if c.MQM() == label || string(c) == label {
			return c, true
		}
	}
	for label != "" {
		for _, c := range corpus.Categories() {
			if c.MQM() == label {
				return c, false
			}
		}
		if c, ok := mqmLabels[label]; ok {
			return c, false
		}
		label = label[:max(strings.LastIndexByte(label, '/'), 0)]
	}
	return corpus.Awkward, false
}

// severityOfMQM reads a severity in any spelling; false for none that is known.
func severityOfMQM(name string) (corpus.Severity, bool) {
	switch word := mqmLabel(name); word {
	case "trivial":
		return corpus.Neutral, true
	default:
		s, err := corpus.ParseSeverity(word)
		return s, err == nil
	}
}
