package workflow

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// interleaved is a notice with both languages line by line.
const interleaved = "港口安全管理办法\r\nMeasures for Port Safety\r\n\r\n第一条 为了加强港口安全管理，制定本办法。\r\nArticle 1 These Measures are made to strengthen the safety of ports.\r\n\r\n" +
	"第二条 港口经营人应当建立安全制度。\r\nArticle 2 Port operators shall set up a safety system.\r\n\r\n第三条 未经批准，任何人不得进入作业区。\r\nArticle 3 Nobody may enter the work area without permit.\r\n\r\n" +
	"第四条 本办法自5月1日起施行。\r\nArticle 4 These Measures come into force on 1 May."

func (b *bench) takeShared(name, text string) Imported {
	b.Helper()
	out, err := b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: name, Target: &Received{Name: name, Data: []byte(text)}, Shared: true}, nil)
	b.must(err)
	return out
}

func TestSharedFile(t *testing.T) {
	for _, name := range []string{"measures.txt", "measures.md"} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			look, err := b.desk.Inspect(ctx, b.admin, b.project.ID, Delivery{Name: name, Target: &Received{Name: name, Data: []byte(interleaved)}})
			b.must(err)
			if !look.Both || !HoldsBoth(b.project, Received{Name: name, Data: []byte(interleaved)}) {
				t.Fatal("a file with both languages is not recognised")
			}
			out := b.takeShared(name, interleaved)
			if out.Units != 5 || len(out.Warnings) > 0 || out.Version.Source.Hash != out.Version.Target.Hash {
				t.Fatalf("taken as %d units, warnings %q", out.Units, out.Warnings)
			}
			b.doc = out.Document
			for _, rec := range b.units(b.doc.ID) {
				if rec.Unit.Text.Source == "" || rec.Unit.Text.Target == "" {
					t.Errorf("a unit with one side: %+v", rec.Unit.Text)
				}
			}
			if again := b.takeShared(name, interleaved); !again.Unchanged {
				t.Error("the same file was taken twice")
			}
			unit := b.unit(b.doc.ID, "work area")
			saved := b.propose(b.lin, unit, "Article 3 No person shall enter the work area without approval.")
			if saved.Revision.Verdict.Bad {
				t.Fatalf("verdict: %s", saved.Revision.Verdict.Reason)
			}
			b.approve(b.he, unit)
			e := b.export(b.doc.ID, ApprovedOnly)
			want := strings.Replace(interleaved, "Article 3 Nobody may enter the work area without permit.", "Article 3 No person shall enter the work area without approval.", 1)
			if string(e.Data) != want || e.Name != name || e.Proof.Outside != 0 {
				t.Errorf("Export = %q, want %q", e.Data, want)
			}
			// The export comes back as a new version, and what was approved is in it.
			again, err := b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: name, VersionOf: b.doc.ID, Target: &Received{Name: name, Data: e.Data}, Shared: true}, nil)
			b.must(err)
			if got := again.Preview.Counts[Kept]; got != 4 {
				t.Errorf("the cleaned file as a new version: %v", again.Preview.Counts)
			}
			if got := b.state(b.unit(b.doc.ID, "No person")); got != corpus.StateApproved {
				t.Errorf("the approved wording came back as %s", got)
			}
			b.audit()
		})
	}
}

func TestNotShared(t *testing.T) {
	b := newBench(t)
	_, err := b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: "one.md", Target: &Received{Name: "one.md", Data: []byte(sampleTarget)}, Shared: true}, nil)
	b.wants(err, corpus.Invalid)
	if !strings.HasPrefix(corpus.Message(err), "one.md:1: ") {
		t.Errorf("refusal = %q", corpus.Message(err))
	}
	in := delivery("two.md", sampleSource, sampleTarget)
	in.Shared = true
	_, err = b.desk.Import(ctx, b.admin, b.project.ID, in, nil)
	b.wants(err, corpus.Invalid)
	look, err := b.desk.Inspect(ctx, b.admin, b.project.ID, delivery("three.md", "", sampleTarget))
	b.must(err)
	if look.Both {
		t.Error("a file of one language is taken for one of both")
	}
}

// TestSharedDevelopment takes a published bilingual text, corrects some of it and
// looks at the bytes that come back.
func TestSharedDevelopment(t *testing.T) {
	files, err := filepath.Glob("../../../shared/data/docs/prc-constitution*/*.md")
	if err != nil || len(files) == 0 {
		files, _ = filepath.Glob("../../../shared/data/docs/prc-constitution*")
	}
	found := false
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil || !HoldsBoth(newTestProject(), Received{Name: f, Data: data}) {
			continue
		}
		found = true
		b := newBench(t)
		name := filepath.Base(f)
		b.doc = b.takeShared(name, string(data)).Document
		list := b.units(b.doc.ID)
		both, ranges := 0, 0
		for i, rec := range list {
			if rec.Unit.Text.Source != "" && rec.Unit.Text.Target != "" {
				both++
			}
			if i%7 != 0 || !strings.HasSuffix(rec.Unit.Text.Target, ".") || len(targetBlocks(rec.Unit)) > 1 {
				continue
			}
			saved := b.propose(b.lin, rec.Unit.ID, strings.TrimRight(rec.Unit.Text.Target, ".")+" (as corrected).")
			if saved.Revision.Verdict.Bad {
				t.Logf("unit %d: %s", i+1, saved.Revision.Verdict.Reason)
				continue
			}
			b.approve(b.he, rec.Unit.ID)
			ranges++
		}
		e := b.export(b.doc.ID, ApprovedOnly)
		back := bytes.ReplaceAll(e.Data, []byte(" (as corrected)"), nil)
		t.Logf("%s: %d units, %d with both sides, %d corrected, %s", name, len(list), both, ranges, e.Proof)
		if e.Proof.Outside != 0 || ranges == 0 || !bytes.Equal(back, data) {
			t.Errorf("%s: %d bytes became %d: %s", name, len(data), len(e.Data), e.Proof)
		}
	}
	if !found {
		t.Skip("no bilingual development text is here")
	}
}

func newTestProject() corpus.Project {
	return corpus.Project{Source: newTag("zh"), Target: newTag("en")}
}
