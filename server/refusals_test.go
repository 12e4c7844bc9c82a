package server

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/reviseur/reviseur/templates"
)

// shownElsewhere are refusals that no page shows in Chinese: they begin with the
// line of a file, wrap another sentence, or answer addresses and forms that no
// page of ours makes.
func shownElsewhere(format string) bool {
	return strings.HasPrefix(format, "%s:1:") || strings.HasPrefix(format, "%s:%d:") || format == "%s" || strings.HasPrefix(format, "language ") ||
		strings.HasPrefix(format, "no ") || strings.HasPrefix(format, "file name ") || strings.HasPrefix(format, "document %s is in another format") ||
		format == "a file with both languages is one file, not two" || format == "one act is on units of one document" || format == "no document is chosen" ||
		strings.HasPrefix(format, "there are not that many keys") || format == "%q cannot be a key" || strings.HasPrefix(format, "the passage %q is not at")
}

// TestRefusals finds the sentences with which the domain, the workflow and the
// server refuse, and wants each in Chinese, with the same arguments; and no
// Chinese one that the code does not have any more.
func TestRefusals(t *testing.T) {
	data, err := os.ReadFile("../templates/refusals/zh.txt")
	if err != nil {
		t.Fatal(err)
	}
	chinese := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if format, text, ok := strings.Cut(strings.TrimSpace(line), " = "); ok && line[0] != '#' {
			chinese[format] = text
		}
	}
	found := map[string]bool{}
	for _, dir := range []string{"../corpus", "../corpus/workflow", "../corpus/sqlstore", "."} {
		names, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			files := token.NewFileSet()
			tree, err := parser.ParseFile(files, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(tree, func(n ast.Node) bool {
				kind, format := refusal(n)
				if format == "" {
					return true
				}
				found[format] = true
				text, ok := chinese[format]
				switch {
				case ok && said(format) != said(text):
					t.Errorf("%s: %q and %q print other arguments", files.Position(n.Pos()), format, text)
				case !ok && kind != "Internal" && dir != "../corpus/sqlstore" && !shownElsewhere(format):
					t.Errorf("%s: %q is not in Chinese", files.Position(n.Pos()), format)
				}
				return true
			})
		}
	}
	for format := range chinese {
		if !found[format] {
			t.Errorf("nothing in the code says %q", format)
		}
	}
	if len(found) < 100 {
		t.Errorf("only %d refusals were found", len(found))
	}
}

// said lists the arguments of a sentence; quotation marks of the code (%q) are
// written out in Chinese.
func said(format string) string { return strings.ReplaceAll(verbs(format), "q", "s") }

// refusal is the kind and format of a call of Errorf, of package corpus or in it.
func refusal(n ast.Node) (kind, format string) {
	call, ok := n.(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return "", ""
	}
	switch f := call.Fun.(type) {
	case *ast.Ident:
		if f.Name != "Errorf" {
			return "", ""
		}
	case *ast.SelectorExpr:
		if of, ok := f.X.(*ast.Ident); !ok || of.Name != "corpus" || f.Sel.Name != "Errorf" {
			return "", ""
		}
	default:
		return "", ""
	}
	switch k := call.Args[0].(type) {
	case *ast.Ident:
		kind = k.Name
	case *ast.SelectorExpr:
		kind = k.Sel.Name
	}
	text, ok := call.Args[1].(*ast.BasicLit)
	if !ok || text.Kind != token.STRING {
		return "", ""
	}
	format, _ = strconv.Unquote(text.Value)
	return kind, format
}

// TestRefusedInChinese asks for what is refused, as somebody who reads Chinese:
// verb, role and state are in Chinese too.
func TestRefusedInChinese(t *testing.T) {
	o := newOffice(t)
	doc := o.take("port.md", portSource, portTarget)
	unit := o.unit(doc, "accident")
	ask := func(as, path string, fields string) *reply {
		t.Helper()
		r := httpForm(path, fields)
		r.Header.Set("Accept-Language", "zh-CN")
		return o.do(as, r)
	}
	ask("wu", documentPath(doc, "/units/"+string(unit)+"/accept"), "").is(http.StatusForbidden).says(".problem", "wu在此无权“认可”；需要的角色：审校、项目负责人").lacks(".problem[lang]")
	ask("lin", documentPath(doc, "/units/"+string(unit)+"/comment"), "text=").is(http.StatusUnprocessableEntity).says(".problem", "评论不能为空")
	set, err := templates.Parse(templates.Files)
	o.must(err)
	if said, ok := set.Refusal(language.English, "a comment cannot be empty"); ok {
		t.Errorf("English has a second sentence: %s", said)
	}
}

func httpForm(path, fields string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
