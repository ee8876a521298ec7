import { describeMutants } from "./describe";

describeMutants("residency-and-cost");
