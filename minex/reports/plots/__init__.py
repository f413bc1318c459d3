"""Figures for a paper: the report's network, heat map and timeline, drawn by matplotlib (`minex[plot]`)."""
