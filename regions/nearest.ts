export { nearest } from "../components/nearest";
