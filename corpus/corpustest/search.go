package corpustest

import (
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

func testSearch(t *testing.T, s corpus.Store) {
	sample := SeedReview(t, s)
	other := SeedReview(t, s)
	undone := corpus.EventID("")
	Update(t, s, func(tx corpus.Tx) error {
		if _, err := Propose(tx, sample.Units[3].ID, sample.Translator.ID, "National security comes first."); err != nil {
			return err
		}
		r, err := Propose(tx, sample.Units[3].ID, sample.Translator.ID, "National security, undone.")
		undone = r.Act
		return err
	})
	Update(t, s, func(tx corpus.Tx) error { return tx.MarkUndone(undone) })
	search := func(phrase string, limit int) []string {
		return texts(read(t, s, func(r corpus.Reader) ([]corpus.Revision, error) { return r.Search(sample.Project.ID, phrase, limit) }))
	}
	machine := Sentences()[3].Target
	equal(t, "Search", search("national SECURITY", 9), []string{"National security comes first.", machine})
	equal(t, "Search up to one", search("national security", 1), []string{"National security comes first."})
	equal(t, "Search over punctuation", search("security — is, “the” the", 9), []string{machine})
	equal(t, "Search for words apart", search("national priority", 9), nil)
	equal(t, "Search for the start of a word", search("the top prior", 9), []string{machine})
	equal(t, "Search for the end of a word", search("ecurity", 9), nil)
	equal(t, "Search for a figure", search("1.4 trillion", 9), []string{Sentences()[1].Target})
	equal(t, "Search for nothing", search("  “…” ", 9), nil)
	equal(t, "Search without a limit", search("national", 0), nil)
	// What an engine may take for an operator is folded away, or is a word.
	for _, phrase := range []string{"nation*", `"national`, "^national", "national -security", "national' --", "{national}", "+national", "(national"} {
		equal(t, "Search for "+phrase, search(phrase, 9), []string{"National security comes first.", machine})
	}
	for _, phrase := range []string{`national AND "security`, "national OR thank", "NOT national", "words : national", "NEAR(national security)", `" OR "national" *`, "top + priority AND", "national NEAR/2 security"} {
		equal(t, "Search for "+phrase, search(phrase, 9), nil)
	}
	found := read(t, s, func(r corpus.Reader) ([]corpus.Revision, error) {
		return r.Search(other.Project.ID, "national security", 9)
	})
	equal(t, "Search in another project", texts(found), []string{machine})
	equal(t, "the revision found", found[0], other.Machine[3])
}

// testSearchScripts looks up phrases in scripts with and without spaces, at
// once and when the engine has had time to index.
func testSearchScripts(t *testing.T, s corpus.Store) {
	p := Project("Scripts")
	Update(t, s, func(tx corpus.Tx) error { return tx.AddProject(p) })
	SeedDocument(t, s, p.ID, "scripts.md", []corpus.Pair{
		{Source: "a", Target: "维护国家安全和社会稳定"},
		{Source: "b", Target: "国，家 安 全"},
		{Source: "c", Target: "A股市场上涨3.5%。"},
		{Source: "d", Target: "データベースを更新する"},
		{Source: "e", Target: "ประเทศไทยมีความมั่นคง"},
		{Source: "f", Target: "Безопасность страны"},
		{Source: "g", Target: "𠮷野家"},
		{Source: "h", Target: "全"},
		{Source: "i", Target: "Ｆｕｌｌ　ｗｉｄｔｈ"},
		{Source: "j", Target: "don’t stop"},
	})
	for _, c := range []struct {
		phrase string
		want   []string
	}{
		{"国家安全", []string{"国，家 安 全", "维护国家安全和社会稳定"}},
		{"国家", []string{"国，家 安 全", "维护国家安全和社会稳定"}},
		{"家安", []string{"国，家 安 全", "维护国家安全和社会稳定"}},
		{"全", []string{"全", "国，家 安 全", "维护国家安全和社会稳定"}},
		{"护", []string{"维护国家安全和社会稳定"}},
		{"家国", nil},
		{"安定", nil},
		{"a股", []string{"A股市场上涨3.5%。"}},
		{"A股市", []string{"A股市场上涨3.5%。"}},
		{"上涨3", []string{"A股市场上涨3.5%。"}},
		{"涨 3.5", []string{"A股市场上涨3.5%。"}},
		{"ベース", []string{"データベースを更新する"}},
		{"更新", []string{"データベースを更新する"}},
		{"ไทยมี", []string{"ประเทศไทยมีความมั่นคง"}},
		{"безопасн", []string{"Безопасность страны"}},
		{"野家", []string{"𠮷野家"}},
		{"𠮷", []string{"𠮷野家"}},
		{"full width", []string{"Ｆｕｌｌ　ｗｉｄｔｈ"}},
		{"dont st", []string{"don’t stop"}},
	} {
		got := read(t, s, func(r corpus.Reader) ([]corpus.Revision, error) { return r.Search(p.ID, c.phrase, 9) })
		equal(t, "Search("+c.phrase+")", texts(got), c.want)
	}
}
