// Runs only where modules are unknown: such a browser cannot run the app.
document.getElementById("boot").style.display = "none";
document.getElementById("boot-failed").removeAttribute("hidden");
