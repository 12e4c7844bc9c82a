//go:build !sqlite_fts5

package sqlstore

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reviseur/reviseur/corpus"
)

// TestWithoutFTS5 runs in a build without the tag: opening says what to do. All
// other tests of the store need the tag.
func TestWithoutFTS5(t *testing.T) {
	_, err := Open(context.Background(), filepath.Join(t.TempDir(), "reviseur.db"), Options{})
	if corpus.KindOf(err) != corpus.Unsupported || !strings.Contains(corpus.Message(err), "-tags sqlite_fts5") || strings.Contains(corpus.Message(err), "\n") {
		t.Errorf("Open without FTS5 = %v", err)
	}
}
