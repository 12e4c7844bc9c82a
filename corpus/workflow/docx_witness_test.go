//go:build witness

package workflow

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/segmenter/layout"
)

// TestWitnessDOCX has LibreOffice and pandoc make Word documents and read ours:
// what they made comes back byte for byte, and what goes out reads as it shall,
// in all three forms: clean, and tracked with the changes accepted and rejected.
func TestWitnessDOCX(t *testing.T) {
	for _, tool := range []string{"soffice", "pandoc"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: %v", tool, err)
		}
	}
	dir := t.TempDir()
	run := func(argv ...string) string {
		t.Helper()
		cmd := exec.Command(argv[0], argv[1:]...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(argv, " "), err, out)
		}
		return string(out)
	}
	office := func(to, name string) {
		run("soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", to, "--outdir", dir, name)
	}
	const text = "# Notice of the Port\n\nThe **old** pier is open day and night.[^1] The [second pier](https://example.org/) is closed.\n\n- Ships shall slow down.\n- No entry.\n\n| Pier | Depth |\n|------|-------|\n| One  | 9 m   |\n\n[^1]: By order of the harbour master.\n"
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("pandoc.md", text)
	run("pandoc", "-f", "markdown", "-t", "docx", "-o", "pandoc.docx", "pandoc.md")
	run("pandoc", "-f", "markdown", "-t", "odt", "-o", "office.odt", "pandoc.md")
	office("docx", "office.odt")
	b := newBench(t)
	for _, name := range []string{"pandoc.docx", "office.docx"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		b.must(err)
		in, err := b.desk.Import(ctx, b.admin, b.project.ID, Delivery{Name: name, Target: &Received{Name: name, Data: raw}}, nil)
		b.must(err)
		out, err := b.desk.Export(ctx, b.admin, in.Document.ID, ApprovedOnly)
		b.must(err)
		if string(out.Data) != string(raw) {
			t.Errorf("%s does not come back as it was", name)
		}
		pier, ships := b.unit(in.Document.ID, "day and night"), b.unit(in.Document.ID, "slow down")
		var old string
		b.must(b.store.View(ctx, func(r corpus.Reader) error {
			rec, err := r.Record(pier)
			old = rec.Current().Text
			return err
		}))
		_, err = b.desk.Propose(ctx, b.lin, Wording{Unit: pier, Text: layout.Show(strings.Replace(old, "day and night", "at all hours & days", 1))})
		b.must(err)
		b.approve(b.he, pier)
		b.propose(b.lin, ships, "Vessels shall slow down.")
		b.approve(b.he, ships)
		_, err = b.desk.Comment(ctx, b.he, ships, "Ships or vessels?", "")
		b.must(err)
		out, err = b.desk.Export(ctx, b.admin, in.Document.ID, ApprovedOnly)
		b.must(err)
		handed, err := b.desk.ExportAs(ctx, b.admin, in.Document.ID, "docx-tracked")
		b.must(err)
		write("clean-"+name, string(out.Data))
		write("tracked-"+name, string(handed.Data))
		plain := func(name string, args ...string) string {
			return run(append([]string{"pandoc", "-f", "docx", "-t", "plain", "--wrap=none", name}, args...)...)
		}
		was, clean := plain(name), plain("clean-"+name)
		want := strings.NewReplacer("day and night", "at all hours & days", "Ships shall", "Vessels shall").Replace(was)
		if clean != want || was == want {
			t.Errorf("%s: pandoc reads the export as\n%s\nwant\n%s", name, clean, want)
		}
		if got := plain("tracked-"+name, "--track-changes=accept"); got != want {
			t.Errorf("%s: accepted, pandoc reads\n%s\nwant\n%s", name, got, want)
		}
		if got := plain("tracked-"+name, "--track-changes=reject"); got != was {
			t.Errorf("%s: rejected, pandoc reads\n%s\nwant\n%s", name, got, was)
		}
		if got := run("pandoc", "-f", "docx", "-t", "native", "--track-changes=all", "tracked-"+name); !strings.Contains(got, `"comment-start"`) || !strings.Contains(got, `"author" , "lin"`) {
			t.Errorf("%s: pandoc finds no comment or author", name)
		}
		texts := func(name string) string {
			office("txt:Text (encoded):UTF8", name)
			data, err := os.ReadFile(filepath.Join(dir, strings.TrimSuffix(name, ".docx")+".txt"))
			b.must(err)
			return string(data)
		}
		was, clean = texts(name), texts("clean-"+name)
		want = strings.NewReplacer("day and night", "at all hours & days", "Ships shall", "Vessels shall").Replace(was)
		if clean != want || was == want {
			t.Errorf("%s: LibreOffice reads the export as\n%s\nwant\n%s", name, clean, want)
		}
		office("odt", "tracked-"+name)
		if got := run("unzip", "-p", "tracked-"+strings.TrimSuffix(name, ".docx")+".odt", "content.xml"); !strings.Contains(got, "<text:changed-region") || !strings.Contains(got, "Ships or vessels?") || !strings.Contains(got, "<dc:creator>lin</dc:creator>") {
			t.Errorf("%s: LibreOffice finds no tracked change, author or comment", name)
		}
	}
}
