package sqlstore

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var placeholder = regexp.MustCompile(`\$(\d+)`)

// TestPlaceholders reads every string in the package's files, constants put
// together as in the program. SQLite numbers $1, $2 … by appearance and would
// silently swap values that are first used in another order.
func TestPlaceholders(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	constants := map[string]ast.Expr{}
	var queries []ast.Expr
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, v := range n.Values {
					constants[n.Names[i].Name] = v
				}
			case *ast.BinaryExpr:
				queries = append(queries, n)
				return false // its parts are no queries of their own
			case *ast.BasicLit:
				if n.Kind == token.STRING {
					queries = append(queries, n)
				}
			}
			return true
		})
	}
	checked := 0
	for _, q := range queries {
		text, whole := value(q, constants)
		if !placeholder.MatchString(text) {
			continue
		}
		checked++
		if n := len(placeholder.FindAllString(text, -1)); n != strings.Count(text, "$") {
			t.Errorf("a dollar sign that begins no placeholder, which forEngine would spoil, in: %s", text)
		}
		if fault := order(text, whole); fault != "" {
			t.Errorf("%s in: %s", fault, text)
		}
	}
	if checked < 60 {
		t.Errorf("only %d queries were found", checked)
	}
	for text, want := range map[string]bool{
		"a = $1 AND b = $2 AND c = $1": true, "a = $2 AND b = $1": false, "a = $1 AND b = $3": false, "a = $2": false,
	} {
		if got := order(text, true) == ""; got != want {
			t.Errorf("order(%q) says %t, want %t", text, got, want)
		}
	}
}

// value returns the text of a string expression, and whether all of it is
// constant; what is not is left out.
func value(e ast.Expr, constants map[string]ast.Expr) (text string, whole bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, _ = strconv.Unquote(e.Value)
		return text, true
	case *ast.BinaryExpr:
		left, wholeLeft := value(e.X, constants)
		right, wholeRight := value(e.Y, constants)
		return left + right, wholeLeft && wholeRight
	case *ast.Ident:
		if c, ok := constants[e.Name]; ok {
			return value(c, constants)
		}
	}
	return "", false
}

// order reports a placeholder that is first used before a lower one. Where a
// part of the query is unknown it may hold the ones that are missing.
func order(text string, whole bool) string {
	highest := 0
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1])
		if n > highest+1 && whole || n == 0 {
			return "$" + m[1] + " is used before $" + strconv.Itoa(highest+1)
		}
		highest = max(highest, n)
	}
	return ""
}

// TestSchemaNumbers asserts that migrations are numbered without gaps.
func TestSchemaNumbers(t *testing.T) {
	files, err := os.ReadDir("schema")
	if err != nil || len(files) == 0 {
		t.Fatalf("schema: %d files, %v", len(files), err)
	}
	for i, f := range files {
		if n, err := strconv.Atoi(f.Name()[:4]); err != nil || n != i+1 {
			t.Errorf("migration %s is number %d in the folder", f.Name(), i+1)
		}
	}
}
