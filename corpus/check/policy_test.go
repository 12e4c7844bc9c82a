package check

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
)

// TestPolicy switches checks off and lowers their findings; keys stay.
func TestPolicy(t *testing.T) {
	in := unit("追回资金90亿元。", "Some 90 billion yuan was recovered.")
	plain := Run(in, All()).Findings
	if len(plain) != 1 || plain[0].Severity != corpus.Critical {
		t.Fatalf("the example finds %+v", plain)
	}
	if off := Run(in, Policy{Off: []string{"number.scale"}}.Checks()).Findings; len(off) != 0 {
		t.Errorf("a check that is off finds %+v", off)
	}
	lowered := Run(in, All()).Findings
	Policy{Lowered: []string{"number.scale"}}.Weigh(lowered)
	if lowered[0].Severity != corpus.Major || lowered[0].Key != plain[0].Key {
		t.Errorf("lowered: %+v", lowered[0])
	}
	neutral := []corpus.Finding{{Check: "number.scale"}}
	Policy{Lowered: []string{"number.scale"}}.Weigh(neutral)
	if neutral[0].Severity != corpus.Neutral {
		t.Error("what counts for nothing was lowered")
	}
}

// TestHits says what became of the terms of a source, through markup and in the
// text's own words.
func TestHits(t *testing.T) {
	base := NewTermbase([]corpus.Term{readTerm("社会治安 | public order | !social security"), readTerm("法治 | rule of law"), readTerm("生态保护 | ecological protection")}, language.Chinese, language.English)
	in := Input{Source: "法治\U000F0001建设、社会治安、生态保护和法治", Target: "Social security, ecological and other protection", SourceLang: language.Chinese, TargetLang: language.English}
	hits := base.Hits(in)
	if len(hits) != 3 {
		t.Fatalf("%d hits, want 3: %+v", len(hits), hits)
	}
	if h := hits[0]; h.Source != "法治" || h.Found != "" || h.OtherWay || h.Want != "rule of law" {
		t.Errorf("an absent term: %+v", h)
	}
	if h := hits[1]; h.Found != "Social security" || h.Status != corpus.TermForbidden || in.Source[h.Span.Start:h.Span.End] != "社会治安" {
		t.Errorf("a forbidden rendering: %+v", h)
	}
	if h := hits[2]; !h.OtherWay {
		t.Errorf("a rendering in other words: %+v", h)
	}
	if base.Touches("无关", "nothing") || !base.Touches("", "The Rule of Law") || (*Termbase)(nil).Touches("法治", "") {
		t.Error("Touches is wrong")
	}
}

// FuzzTerms holds the glossary's check to valid spans, whatever stands in terms
// and texts.
func FuzzTerms(f *testing.F) {
	f.Add("社会治安", "public order", "social security", "加强社会治安", "Social security's")
	f.Add("C", "0", "A", "C", "\xdc\xf2 AN A")
	f.Add("C++", "GDP", "an a's", "C++ ＧＤＰ", "an AN a's")
	f.Fuzz(func(t *testing.T, source, preferred, forbidden, from, to string) {
		term := corpus.Term{
			Source: []corpus.Designation{{Text: source, Status: corpus.TermPreferred}},
			Target: []corpus.Designation{{Text: preferred, Status: corpus.TermPreferred}, {Text: forbidden, Status: corpus.TermForbidden}},
		}
		in := unit(from, to)
		in.Terms = NewTermbase([]corpus.Term{term}, in.SourceLang, in.TargetLang)
		r := Run(in, []*Check{termViolation})
		if len(r.Failed) > 0 {
			t.Fatal("the check broke down")
		}
		for _, x := range r.Findings {
			for _, s := range x.Target {
				if s.Start < 0 || s.End > len(to) || s.Start > s.End {
					t.Fatalf("span %v of %d bytes", s, len(to))
				}
			}
			if x.Fix != nil {
				_ = to[:x.Fix.Span.Start] + to[x.Fix.Span.End:]
			}
		}
		in.Terms.Hits(in)
	})
}
