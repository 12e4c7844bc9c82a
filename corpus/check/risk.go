package check

import (
	_ "embed"
	"encoding/json"
	"math"
	"strings"
	"sync"

	"github.com/reviseur/reviseur/corpus"
)

//go:embed risk.json
var riskFile []byte

// riskModel is the versioned file of weights.
type riskModel struct {
	Version int     `json:"version"`
	Learned string  `json:"learned"` // on what, and how
	Scale   float64 `json:"scale"`   // MQM points at which the risk is 1
	Floor   float64 `json:"floor"`   // the least cost of a word
	Pair    weights `json:"pair"`    // for units with a source
	Alone   weights `json:"alone"`   // for translations alone
}

// weights give what one word of a unit is expected to cost, in MQM points, as
// a linear function of the unit's signals.
type weights struct {
	Bias    float64            `json:"bias"`
	Signals map[string]float64 `json:"signals"`
	Typical map[string]float64 `json:"typical"` // the mean of each signal, to tell what sticks out
}

// restWords is what a unit costs beyond its words, counted in words: even a
// single word can be wrong in several ways.
const restWords = 5

// model returns the embedded weights. A file that does not parse cannot be
// shipped, a test reads it; the zero model gives every unit the risk 0.
var model = sync.OnceValue(func() riskModel {
	var m riskModel
	if json.Unmarshal(riskFile, &m) != nil {
		return riskModel{}
	}
	return m
})

// Risk returns in [0, 1] how much a unit is to be feared: the MQM points that
// its errors are expected to cost, as a share of a fixed scale. Divided by the
// number of words it orders units by what a minute of reading will find; that
// is the order to recommend. Findings are Run's for the same input. A source
// without any target has the risk 1.
//
// It says where to read first, never that a unit is right.
func Risk(in Input, findings []corpus.Finding) float64 {
	m := model()
	words := len(strings.Fields(in.Target))
	if words == 0 {
		if strings.TrimSpace(in.Source) != "" {
			return 1
		}
		return 0
	}
	w := m.Pair
	if in.Source == "" {
		w = m.Alone
	}
	points := math.Max(m.Floor, w.rate(signals(in, findings))) * float64(words+restWords)
	return math.Min(1, points/m.Scale)
}

// rate returns the expected points of a word.
func (w weights) rate(list []signal) float64 {
	rate := w.Bias
	for _, s := range list {
		rate += w.Signals[s.name] * s.value
	}
	return rate
}
