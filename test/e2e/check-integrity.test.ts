import { holdToCases } from "./check-cases.ts";

holdToCases("integrity");
