export { nearest } from "../components/shared/nearest";
