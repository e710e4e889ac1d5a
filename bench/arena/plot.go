package main

import (
	"fmt"
	"strings"
)

// plot draws the cost by agents as SVG, with three times that of four agents.
func plot(points []cost) string {
	const left, right, top, bottom = 60.0, 560.0, 30.0, 300.0
	most, limit, agents := 0.0, 0.0, 0
	for _, p := range points {
		most, agents = max(most, p.step), max(agents, p.agents)
		if p.agents == 4 {
			limit = 3 * p.step
		}
	}
	most = max(most, limit) * 1.15
	x := func(n int) float64 { return left + (right-left)*float64(n)/float64(agents) }
	y := func(step float64) float64 { return bottom - (bottom-top)*step/most }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="350" font-family="sans-serif" font-size="12">
<rect width="600" height="350" fill="white"/>
<text x="%g" y="18">processor time of an agent-step, in microseconds, with perception and trees on FreeDM</text>
`, left)
	tick := 0.5
	for most/tick > 8 {
		tick *= 2
	}
	for v := 0.0; v < most; v += tick {
		fmt.Fprintf(&b, `<line x1="%g" y1="%.1f" x2="%g" y2="%.1f" stroke="#ddd"/><text x="%g" y="%.1f" text-anchor="end">%g</text>`+"\n",
			left, y(v), right, y(v), left-8, y(v)+4, v)
	}
	if limit > 0 {
		fmt.Fprintf(&b, `<line x1="%g" y1="%.1f" x2="%g" y2="%.1f" stroke="#c33" stroke-dasharray="6 4"/><text x="%g" y="%.1f" fill="#c33">three times that of 4 agents</text>`+"\n",
			left, y(limit), right, y(limit), left+8, y(limit)-6)
	}
	var way []string
	for _, p := range points {
		way = append(way, fmt.Sprintf("%.1f,%.1f", x(p.agents), y(p.step)))
	}
	fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="#26c" stroke-width="2"/>`+"\n", strings.Join(way, " "))
	for _, p := range points {
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="4" fill="#26c"/><text x="%.1f" y="%.1f" text-anchor="middle">%d</text>`+"\n",
			x(p.agents), y(p.step), x(p.agents), bottom+18, p.agents)
	}
	fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="middle">agents in a match</text>`+"\n</svg>\n", (left+right)/2, bottom+38)
	return b.String()
}
