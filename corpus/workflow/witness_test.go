//go:build witness

package workflow

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/corpus"
	"github.com/reviseur/reviseur/corpus/exchange"
)

const witnessData = "../../../shared/data"

// TestWitnessXLIFF has programs of other people read what is written of every
// development document and of one on which something of every kind was done:
// xmllint with the schemas of OASIS, jing with their Schematron rules,
// translate-toolkit and OmegaT.
func TestWitnessXLIFF(t *testing.T) {
	if _, err := os.Stat(witnessData); err != nil {
		t.Skipf("development data is not here: %v", err)
	}
	for _, tool := range []string{"xmllint", "jing", "omegat", "/usr/bin/python3"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: %v", tool, err)
		}
	}
	dir := t.TempDir()
	b := newBench(t)
	b.busy()
	docs := append(b.devDocuments(), b.doc)
	files := map[string][]string{}
	for i, doc := range docs {
		for _, id := range []string{"xliff-2.1", "xliff-1.2"} {
			b.doc = doc
			b.tan = b.admin
			path := filepath.Join(dir, fmt.Sprintf("%s-%02d.xlf", id, i))
			b.must(os.WriteFile(path, b.handOn(id), 0o600))
			files[id] = append(files[id], path)
		}
	}
	catalog := writeCatalog(t, dir)
	schemas := witnessData + "/formats/schemas/"
	for _, w := range []struct {
		name string
		argv []string
		on   string
	}{
		{"xmllint, core 2.0 schema", []string{"xmllint", "--nonet", "--noout", "--schema", schemas + "xliff-2.1/xliff_core_2.0.xsd"}, "xliff-2.1"},
		{"xmllint, strict 1.2 schema", []string{"xmllint", "--nonet", "--noout", "--schema", schemas + "xliff-1.2/xliff-core-1.2-strict.xsd"}, "xliff-1.2"},
		{"jing, NVDL", []string{"jing", schemas + "xliff-2.1/xliff_2_advanced_validation.nvdl"}, "xliff-2.1"},
	} {
		start := time.Now()
		cmd := exec.Command(w.argv[0], append(w.argv[1:], files[w.on]...)...)
		cmd.Env = append(os.Environ(), "XML_CATALOG_FILES="+catalog)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%.4000s", w.name, err, out)
		}
		t.Logf("%s: %d files, %.1f s", w.name, len(files[w.on]), time.Since(start).Seconds())
	}
	toolkit(t, files["xliff-1.2"])
	omegat(t, files["xliff-1.2"][len(files["xliff-1.2"])-3:])
}

// devDocuments takes in the development documents: pairs by name, and those of
// Canada, whose names are translated too, by their order.
func (b *bench) devDocuments() []corpus.Document {
	b.Helper()
	var docs []corpus.Document
	take := func(p corpus.Project, name string, source, target string) {
		in := Delivery{Name: name}
		for _, side := range []struct {
			path string
			to   **Received
		}{{source, &in.Source}, {target, &in.Target}} {
			if side.path == "" {
				continue
			}
			data, err := os.ReadFile(side.path)
			b.must(err)
			*side.to = &Received{Name: filepath.Base(side.path), Data: data}
		}
		out, err := b.desk.Import(ctx, b.admin, p.ID, in, nil)
		b.must(err)
		docs = append(docs, out.Document)
	}
	list := func(pattern string) []string {
		names, err := filepath.Glob(witnessData + "/docs/" + pattern)
		b.must(err)
		sort.Strings(names)
		return names
	}
	for _, zh := range list("tw-moj-laws/*.zh.md") {
		take(b.project, filepath.Base(zh), zh, strings.Replace(zh, ".zh.", ".en.", 1))
	}
	for _, name := range list("prc-constitution/*.md") {
		take(b.project, filepath.Base(name), "", name)
	}
	canada, err := b.desk.AddProject(ctx, b.admin, "canada", language.English, language.French, corpus.Settings{})
	b.must(err)
	for _, folder := range []string{"ca-open-first", "ca-digital-playbook"} {
		en, fr := list(folder+"/en/*.md"), list(folder+"/fr/*.md")
		if len(en) != len(fr) {
			b.Fatalf("%s: %d files beside %d", folder, len(en), len(fr))
		}
		for i := range en {
			take(canada, folder+"-"+filepath.Base(en[i]), en[i], fr[i])
		}
	}
	return docs
}

// writeCatalog maps the schema of XML's own attributes to its copy.
func writeCatalog(t *testing.T, dir string) string {
	t.Helper()
	copied, err := filepath.Abs(witnessData + "/formats/schemas/xliff-2.1/informativeCopiesOf3rdPartySchemas/w3c/xml.xsd")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "catalog.xml")
	text := fmt.Sprintf(`<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><system systemId="http://www.w3.org/2001/xml.xsd" uri="file://%s"/></catalog>`, copied)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// unitText is the source and target of a trans-unit with the codes in them.
type unitText struct{ Source, Target string }

// toolkit has translate-toolkit read the files: the same units, sources and
// targets as stand in them.
func toolkit(t *testing.T, files []string) {
	t.Helper()
	start := time.Now()
	const script = `
import json, sys
from translate.storage import xliff
for name in sys.argv[1:]:
    units = [{"Source": str(u.source or ""), "Target": str(u.target or "")} for u in xliff.xlifffile.parsefile(name).units]
    print(json.dumps(units))
`
	out, err := exec.Command("/usr/bin/python3", append([]string{"-c", script}, files...)...).Output()
	if err != nil {
		t.Fatalf("translate-toolkit: %v", err)
	}
	d := json.NewDecoder(bytes.NewReader(out))
	units := 0
	for _, name := range files {
		var got []unitText
		if err := d.Decode(&got); err != nil {
			t.Fatalf("translate-toolkit on %s: %v", name, err)
		}
		want := transUnits(t, name)
		units += len(want)
		if len(got) != len(want) {
			t.Errorf("%s: translate-toolkit reads %d units of %d", name, len(got), len(want))
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: translate-toolkit reads %q, want %q", name, got[i], want[i])
				break
			}
		}
	}
	t.Logf("translate-toolkit: %d files, %d units, %.1f s", len(files), units, time.Since(start).Seconds())
}

// transUnits reads sources and targets with the standard library's reader.
func transUnits(t *testing.T, name string) []unitText {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var list []unitText
	d := xml.NewDecoder(bytes.NewReader(data))
	var path []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			path = append(path, x.Name.Local)
			if x.Name.Local == "trans-unit" {
				list = append(list, unitText{})
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			for i, e := range path[:max(0, len(path)-1)] {
				if e == "trans-unit" && path[i+1] == "source" {
					list[len(list)-1].Source += string(x)
				}
				if e == "trans-unit" && path[i+1] == "target" {
					list[len(list)-1].Target += string(x)
				}
			}
		}
	}
}

// omegat opens the files as a project and writes them: each comes out with the
// same units.
func omegat(t *testing.T, files []string) {
	t.Helper()
	start := time.Now()
	dir := omegatProject(t)
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "project/source", filepath.Base(f)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	runOmegaT(t, dir)
	for _, f := range files {
		written := filepath.Join(dir, "project/target", filepath.Base(f))
		got, want := transUnits(t, written), transUnits(t, f)
		if len(got) != len(want) {
			t.Errorf("OmegaT wrote %d units of %d (%s)", len(got), len(want), filepath.Base(f))
		}
		raw, err := os.ReadFile(written)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := mustFormat(t, "xliff-1.2").ReadPair("omegat.xlf", raw); err != nil {
			t.Errorf("what OmegaT wrote is refused: %v", err)
		}
	}
	t.Logf("OmegaT: %d files, %.1f s", len(files), time.Since(start).Seconds())
}

// omegatProject makes the folder of an empty project, project, and one for the
// settings beside it.
func omegatProject(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{"project/source", "project/target", "project/omegat", "project/tm", "project/glossary", "project/dictionary", "config"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	const project = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>ZH</source_lang><target_lang>EN</target_lang><sentence_seg>true</sentence_seg><support_default_translations>true</support_default_translations><remove_tags>false</remove_tags></project></omegat>`
	if err := os.WriteFile(filepath.Join(dir, "project/omegat.project"), []byte(project), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// runOmegaT translates the project in a folder.
func runOmegaT(t *testing.T, dir string) {
	t.Helper()
	out, err := exec.Command("omegat", "--mode=console-translate", "--quiet", "--config-dir="+filepath.Join(dir, "config"), filepath.Join(dir, "project")).CombinedOutput()
	if err != nil {
		t.Fatalf("omegat: %v\n%.2000s", err, out)
	}
}

func mustFormat(t *testing.T, id string) exchange.Format {
	t.Helper()
	f, err := exchange.ByID(id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
