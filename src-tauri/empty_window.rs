//! A Tauri window with nothing in it: the floor that `bench start` measures the workstation against.

mod bench;

fn main() {
    let built = tauri::Builder::default()
        .setup(|app| {
            let page = tauri::WebviewUrl::App("empty.html".into());
            let builder =
                tauri::WebviewWindowBuilder::new(app, "main", page).inner_size(1366.0, 696.0);
            bench::watched(builder).build()?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app.run(|_app, _event| {}),
        Err(error) => eprintln!("no window: {error}"),
    }
}
