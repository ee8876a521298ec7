import { describeMutants } from "./describe";

describeMutants("security-baseline");
