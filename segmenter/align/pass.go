package align

import "context"

// first finds a path with the small beads, inside a band laid through anchors.
func (s *search) first(ctx context.Context, p *progress) ([]step, error) {
	b, err := s.route(ctx)
	if err != nil {
		return nil, err
	}
	_, steps, err := s.run(ctx, b, coarseMoves, false, p)
	if err != nil {
		return nil, err
	}
	if steps, err = s.widen(ctx, b, steps); err != nil {
		return nil, err
	}
	_, steps, err = s.run(ctx, pathBand(len(s.source), len(s.target), steps, secondWidth), len(moves), false, p)
	return steps, err
}

// Nodes kept on either side of the first path by the second pass.
const secondWidth = 6

// refine searches along a path with all beads.
func (s *search) refine(ctx context.Context, steps []step, p *progress) ([]step, error) {
	_, steps, err := s.run(ctx, pathBand(len(s.source), len(s.target), steps, secondWidth), len(moves), false, p)
	if err != nil {
		return nil, err
	}
	return s.omissions(steps), nil
}

// second refines a path with all beads and sets scores and margins.
func (s *search) second(ctx context.Context, steps []step, p *progress) ([]step, error) {
	n, m := len(s.source), len(s.target)
	l, steps, err := s.run(ctx, pathBand(n, m, steps, secondWidth), len(moves), true, p)
	if err != nil {
		return nil, err
	}
	if err := s.margins(ctx, l, steps); err != nil {
		return nil, err
	}
	return s.gather(s.omissions(steps)), nil
}
