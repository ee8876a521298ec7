export { type Architecture, architectureOf, commonArchitecture } from "../shared/instanceTypes";
