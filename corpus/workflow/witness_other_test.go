//go:build witness

package workflow

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

// TestWitnessTMXPOTBX has programs of other people read the other formats, of
// every development document and of a busy one, all of whose machine wordings
// were approved: xmllint with the document type of TMX, msgfmt -c, jing with the
// schema and the Schematron rules of TBX, and OmegaT with our memory.
func TestWitnessTMXPOTBX(t *testing.T) {
	if _, err := os.Stat(witnessData); err != nil {
		t.Skipf("development data is not here: %v", err)
	}
	for _, tool := range []string{"xmllint", "jing", "msgfmt", "omegat"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: %v", tool, err)
		}
	}
	dir := t.TempDir()
	b := newBench(t)
	b.busy()
	sample := b.doc
	files := map[string][]string{}
	for i, doc := range append(b.devDocuments(), sample) {
		b.doc, b.tan = doc, b.admin
		if doc.ID != sample.ID {
			b.acceptEverything(doc)
		}
		for _, id := range []string{"tmx", "po"} {
			path := filepath.Join(dir, fmt.Sprintf("%02d.%s", i, id))
			b.must(os.WriteFile(path, b.handOn(id), 0o600))
			files[id] = append(files[id], path)
		}
	}
	tbx := filepath.Join(dir, "glossary.tbx")
	var glossary bytes.Buffer
	b.must(exchange.WriteTBX(&glossary, language.Chinese, language.English, witnessTerms()))
	b.must(os.WriteFile(tbx, glossary.Bytes(), 0o600))

	schemas := witnessData + "/formats/schemas/"
	judge := func(name string, argv []string, on ...string) {
		t.Helper()
		start := time.Now()
		if out, err := exec.Command(argv[0], append(argv[1:], on...)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%.4000s", name, err, out)
		}
		t.Logf("%s: %d files, %.1f s", name, len(on), time.Since(start).Seconds())
	}
	dtds, err := filepath.Glob(schemas + "tmx/*.dtd")
	b.must(err)
	if len(dtds) != 1 {
		t.Fatalf("the document type of TMX is not in %s", schemas)
	}
	judge("xmllint, TMX 1.4b", []string{"xmllint", "--nonet", "--noout", "--dtdvalid", dtds[0]}, files["tmx"]...)
	judge("jing, core of TBX", []string{"jing", schemas + "tbx/TBXcoreStructV03.rng"}, tbx)
	judge("jing, TBX-Basic", []string{"jing", schemas + "tbx/TBX-Basic_DCT.sch"}, tbx)
	for _, f := range files["po"] {
		judge("msgfmt -c", []string{"msgfmt", "-c", "-o", os.DevNull}, f)
	}

	// What the witnesses pass must be able to fail: samples with a defect.
	for _, w := range [][]string{
		{"xmllint", "--nonet", "--noout", "--dtdvalid", dtds[0], witnessData + "/formats/invalid/tmx-no-srclang.tmx"},
		{"jing", schemas + "tbx/TBXcoreStructV03.rng", witnessData + "/formats/invalid/tbx-termsec-without-term.tbx"},
		{"msgfmt", "-c", "-o", os.DevNull, witnessData + "/formats/invalid/po-unterminated.po"},
	} {
		var failed *exec.ExitError
		if err := exec.Command(w[0], w[1:]...).Run(); !errors.As(err, &failed) {
			t.Errorf("%s passes %s: %v", w[0], w[len(w)-1], err)
		}
	}
	b.doc = sample
	pretranslated(t)
}

// acceptEverything approves the machine's wording of all units that have one.
func (b *bench) acceptEverything(doc corpus.Document) {
	b.Helper()
	var choices []Choice
	b.must(b.store.View(ctx, func(r corpus.Reader) error {
		d, err := r.Document(doc.ID)
		if err != nil {
			return err
		}
		for rec, err := range r.Records(d.Current) {
			if err != nil {
				return err
			}
			if rec.Unit.Text.Target != "" && rec.State() == corpus.StateMachine {
				choices = append(choices, Choice{Unit: rec.Unit.ID})
			}
		}
		return nil
	}))
	for _, c := range choices {
		_, err := b.desk.Accept(ctx, b.admin, c)
		b.must(err)
	}
}

// witnessTerms are entries with everything that one can hold.
func witnessTerms() []corpus.Term {
	word := func(text string, s corpus.TermStatus) corpus.Designation {
		return corpus.Designation{Text: text, Status: s}
	}
	return []corpus.Term{
		{
			ID: corpus.NewID[corpus.TermID](), Subject: "policing", Definition: "not 社会保障", Note: "see <art. 2> & 3",
			Source: []corpus.Designation{word("社会治安", corpus.TermPreferred), word("治安", corpus.TermAdmitted)},
			Target: []corpus.Designation{word("public order", corpus.TermPreferred), word("law and order", corpus.TermDeprecated), word("social security", corpus.TermForbidden)},
		},
		{ID: corpus.NewID[corpus.TermID](), Source: []corpus.Designation{word("港口", corpus.TermPreferred)}, Target: []corpus.Designation{word("port", corpus.TermPreferred)}},
	}
}

// pretranslated is bar 9: a text of approved sentences, one a line, goes into a
// project of OmegaT with our memory in tm/auto, and each comes out translated.
func pretranslated(t *testing.T) {
	t.Helper()
	b := newBench(t)
	var source, target strings.Builder
	var want []string
	for i := range 40 {
		zh, en := fmt.Sprintf("第%d号港口今日照常开放。", i+1), fmt.Sprintf("Port no. %d is open as usual today.", i+1)
		fmt.Fprintf(&source, "%s\n\n", zh)
		fmt.Fprintf(&target, "%s\n\n", en)
		want = append(want, en)
	}
	b.doc = b.take("ports.txt", source.String(), target.String()).Document
	b.tan = b.admin
	b.acceptEverything(b.doc)
	start := time.Now()
	dir := omegatProject(t)
	for name, data := range map[string][]byte{"tm/auto/ours.tmx": b.handOn("tmx"), "source/a.txt": []byte(source.String())} {
		path := filepath.Join(dir, "project", name)
		b.must(os.MkdirAll(filepath.Dir(path), 0o700))
		b.must(os.WriteFile(path, data, 0o600))
	}
	runOmegaT(t, dir)
	out, err := os.ReadFile(filepath.Join(dir, "project/target/a.txt"))
	b.must(err)
	translated := 0
	for _, en := range want {
		if strings.Contains(string(out), en+"\n") {
			translated++
		}
	}
	if translated != len(want) {
		t.Errorf("OmegaT translated %d of %d approved segments:\n%.1000s", translated, len(want), out)
	}
	t.Logf("OmegaT: %d of %d approved segments translated by our memory, %.1f s", translated, len(want), time.Since(start).Seconds())
}
