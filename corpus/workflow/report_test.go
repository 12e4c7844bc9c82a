package workflow

import "testing"

// TestReport wants every byte of a file to be accounted for once.
func TestReport(t *testing.T) {
	b := newBench(t)
	for name, text := range map[string]string{
		"a.md":  "---\na: b\n---\n\n# H *e* `c`\n\n```\ncode\n```\n\n<p>x</p>\n\n[r]: /u\n\nBody[^n] with text. \xff\n\n[^n]: Note.\n\n{: .cls}\n",
		"b.txt": "One.\n\n  Two\nthree.\n",
		"c.md":  "\ufeff| a | b |\r\n|---|---|\r\n| c \\| d | `e` |\r\n",
	} {
		rep, err := b.desk.Report(ctx, b.lin, b.take(name, "", text).Document.ID)
		b.must(err)
		if len(rep.Files) != 1 {
			t.Fatalf("%s: %d files", name, len(rep.Files))
		}
		f := rep.Files[0]
		if f.Sum() != len(text) || f.Size != len(text) {
			t.Errorf("%s: %d of %d bytes are accounted for: %+v", name, f.Sum(), len(text), f)
		}
		unread := 0
		for _, p := range f.Parts {
			if p.Name != "markup" {
				unread += p.Bytes
			}
		}
		listed := 0
		for _, p := range f.Passages {
			listed += p.Bytes
		}
		if listed < unread {
			t.Errorf("%s: passages of %d bytes are listed, %d are not reviewed", name, listed, unread)
		}
	}
}
