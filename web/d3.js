// What the charts of answers take of D3, which comes as many modules: vendor.mjs makes one file of them.
export { axisTop } from "d3-axis";
export { scaleLinear, scaleUtc } from "d3-scale";
export { create, select } from "d3-selection";
export { linkHorizontal } from "d3-shape";
