import { describeMutants } from "./describe";

describeMutants("deployability");
