import { describeMutants } from "./describe";

describeMutants("resilience");
